from tests.browser.chromium import Page


async def test_a_click_counts_once_on_a_button_that_is_drawn_anew_all_the_time(page: Page) -> None:
    await page.runs("""(() => {
        document.body.innerHTML = "<div id=place></div>";
        window.clicked = 0;
        const draw = () => {
            const button = document.createElement("button");
            button.textContent = "+1";
            button.onclick = () => { window.clicked += 1; };
            document.getElementById("place").replaceChildren(button);
        };
        draw();
        setInterval(draw, 15);
    })()""")
    for times in range(1, 31):
        await page.clicks("document.querySelector('#place button')")
        assert await page.runs("window.clicked") == times

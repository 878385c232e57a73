"""What all tests share: patience with a busy machine, and the figures that some of them measure."""

import pytest
from hypothesis import HealthCheck, settings

# A busy machine draws examples slowly, and that is no fault of the rule they try.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests gave to `record_property("figure", …)`, at the end of a run, from all workers."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [text for report in reports for name, text in report.user_properties if name == "figure"]
    if told:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(map(str, told)))

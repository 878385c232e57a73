#!/bin/sh
# Runs pytest as it is called. Up to three tests that fail beside others are run once more with nothing beside them;
# what passes then is named as unsteady, with what it said the first time above. See docs/decisions, 66.
set -u
PYTHON="$1"
shift
MOST_SECOND_RUNS=3
CACHE=.pytest_cache/v/cache/lastfailed
MEMORY=/dev/shm
ENOUGH_KB=1000000

# Thousands of small files: in memory, if IN_MEMORY asks for it and there is room. What failed leaves its files there.
if [ -n "${IN_MEMORY:-}" ] && [ -w "$MEMORY" ] && [ "$(df -Pk "$MEMORY" | awk 'NR == 2 {print $4}')" -gt "$ENOUGH_KB" ]; then
    TMPDIR=$(mktemp -d "$MEMORY/dealer_bot.XXXXXX")
    export TMPDIR
    trap 'code=$?; if [ "$code" -eq 0 ]; then rm -rf "$TMPDIR"; else echo "Files of the failed tests: $TMPDIR"; fi' EXIT
fi

"$PYTHON" -m pytest --cache-clear "$@"
code=$?
[ "$code" -eq 1 ] || exit "$code"

failed=$(grep -c '::' "$CACHE")
if [ "$failed" -gt "$MOST_SECOND_RUNS" ]; then
    exit "$code"
fi
unsteady=$(grep '::' "$CACHE")
echo "A second run, with nothing beside it, of what failed: $failed"
"$PYTHON" -m pytest --last-failed --last-failed-no-failures none || exit $?
echo "Unsteady, failed beside others and passed alone; each is a fault to be found:"
echo "$unsteady"

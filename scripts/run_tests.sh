#!/bin/sh
# Runs pytest as it is called. Up to three tests that fail beside others are run once more with nothing beside them;
# what passes then is named as unsteady, with what it said the first time above. See docs/decisions, 66.
set -u
PYTHON="$1"
shift
MOST_SECOND_RUNS=3
CACHE=.pytest_cache/v/cache/lastfailed

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

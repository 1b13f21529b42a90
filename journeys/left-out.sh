#!/bin/sh
# After journeys/run.mjs ended with this code: passes where the journeys were left out, which it has
# said, and fails where they failed. Also speaks where Node itself is missing (127).
case "$1" in
3 | 4) exit 0 ;;
127)
    echo "Left out: the journeys in a browser. To bring Node: apt-get install nodejs npm"
    [ "${KITH_REQUIRE_BROWSER:-}" != 1 ]
    ;;
*) exit "$1" ;;
esac

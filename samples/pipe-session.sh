#!/bin/sh
# Uses a memory from a shell script: pipe requests in, read answers out, one JSON message a line.
#
#   sh samples/pipe-session.sh memory-graph --store /tmp/memory --project demo
#
# The server answers every request that it was sent before its input ended, in order, and exits with 0.
set -eu
if [ $# -eq 0 ]; then
    echo "usage: $0 memory-graph [option...]" >&2
    exit 2
fi

request() { # id, tool, arguments as JSON
    printf '{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s","arguments":%s}}\n' "$1" "$2" "$3"
}

session() {
    echo '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"pipe-session","version":"1.0"}}}'
    echo '{"jsonrpc":"2.0","method":"notifications/initialized"}'
    request 1 create_entity '{"name":"Nightly build","entityType":"job","observations":["Runs at 02:00 UTC"]}'
    request 2 add_observation '{"entity":"Nightly build","observations":["Fails when the cache is cold"],"reason":"seen twice"}'
    request 3 search_nodes '{"query":"cold cache"}'
}

# The text of each answer. jq reads JSON properly; without it, sed is good enough for what was asked here.
texts() {
    if command -v jq > /dev/null; then
        jq -r 'select(.id > 0) | .result.content[0].text // .error.message'
    else
        sed -n -e 's/.*"text":"\(.*\)"}\].*/\1/' -e 's/\\n/\
/g' -e 's/\\"/"/g' -e '/^{/!p'
    fi
}

answers=$(session | "$@")
printf '%s\n' "$answers" | texts
if printf '%s\n' "$answers" | grep -q '"isError":true\|"error":'; then
    echo "$0: a call failed" >&2
    exit 1
fi

#!/usr/bin/env python3
"""Hands every event of a memory to another system, at least once and in order.

    python3 follow-log.py FILE [memory-graph --project NAME …]

Kill this script, the follower it starts, or both, whenever you like, and start it again: no event is missed. Some come
twice, so the other system should know events by their event_id. Here it is a file; put your own in take().
"""
import json
import os
import subprocess
import sys


def take(event, line, sink):
    """Returns when the event is safe in the other system."""
    sink.write(line)
    sink.flush()
    os.fsync(sink.fileno())


def main():
    program = sys.argv[2:] or ["memory-graph"]
    log = ["log", "--follow", "--json", "--cursor", "follow-log", "--ack"]
    with open(sys.argv[1], "ab") as sink, subprocess.Popen(
        [*program, *log], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as follower:
        for line in follower.stdout:
            event = json.loads(line)
            take(event, line, sink)
            # Only now does the cursor move.
            follower.stdin.write(b"%d\n" % event["event_id"])
            follower.stdin.flush()
            print(event["event_id"], event["event_type"], flush=True)
    return follower.returncode


if __name__ == "__main__":
    sys.exit(main())

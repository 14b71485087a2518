#!/usr/bin/env python3
"""Verifies a log without the program that wrote it: python3 verify.py PROJECT_FOLDER (or its events-000000000001.jsonl).

Nothing but the format is shared with it: per line the checksum, the number, the call and the write, the chain, and the
text against its hash, or else a later event_redacted that names it. Behind an event_lost, which a log_repaired must name,
the chain starts anew. Prints "ok: …"; or the first fault, and exits with 1."""
import base64, hashlib, json, pathlib, re, sys, zlib

EVENT = re.compile(rb'(\{"event_id":.*?"data_hash":"([\w-]{43})"),"hash":"([\w-]{43})"(.*)')
WHOLE = re.compile(rb',("user":.*),"salt":"([\w-]{22})"')
BLANK = re.compile(rb',"redacted_by":([1-9]\d*) *')

def check(holds, what):
    if not holds:
        raise ValueError(what)

def decode(spelling):  # base64url without padding; one value has one spelling
    value = base64.urlsafe_b64decode(spelling + b'=' * (-len(spelling) % 4))
    check(base64.urlsafe_b64encode(value).rstrip(b'=') == spelling, 'a hash or salt is not spelled canonically')
    return value

def verify(lines, place):
    last, end, call, commit, named, blank, kind, lost, given_up = 0, 0, None, None, set(), [], None, [], set()
    for place[0], line in enumerate(lines, 1):
        check(line.endswith(b'\n'), 'it does not end in a newline: the log was torn')
        body, crc = line[:-19], line[-19:]
        check(crc == b',"crc":"%08x"}\n' % zlib.crc32(body), 'its checksum does not match')
        event = json.loads(line)
        if place[0] == 1:
            check(event.get('first_event_id') == 1 and 'project' in event, 'it is not the header of a log')
            check(event['format']['minReader'] <= 1, 'the log needs a newer reader')
            chain = hashlib.sha256(body).digest()
            continue
        check(match := EVENT.fullmatch(body), 'it is not an event')
        (head, data_hash, spelled, rest), number, begins = match.groups(), last + 1, last == end
        check(event['event_id'] == number, f'event {event["event_id"]} stands where {number} belongs')
        check(event['n'] > 0 and (event['tx'] == number if begins else (event['tx'], event['n']) == call),
              'it does not belong to the call around it')
        check(event['commit'] == number and begins or event['commit'] == commit, 'it does not belong to the write around it')
        behind, chain = chain, decode(spelled)
        check(kind == 'event_lost' or chain == hashlib.sha256(behind + head).digest(), 'its hash does not follow from the one before')
        if whole := WHOLE.fullmatch(rest):
            check(hashlib.sha256(decode(whole[2]) + whole[1]).digest() == decode(data_hash), 'its text is not what was recorded')
        else:
            check(redacted := BLANK.fullmatch(rest), 'it has neither its text nor a redaction in its place')
            blank.append((place[0], number, int(redacted[1])))
        kind = event['event_type']
        if kind == 'event_redacted':
            named.update((target, number) for target in event['refs'])
        elif kind == 'log_repaired':
            given_up.update(event['refs'])
        elif kind == 'event_lost':
            lost.append((place[0], number))
        last, end, call, commit = number, event['tx'] + event['n'] - 1, (event['tx'], event['n']), event['commit']
    check(place[0] > 0 and last == end, 'the last call is not whole')
    for place[0], target, eraser in blank:
        check((target, eraser) in named, f'its text is gone, and event {eraser} does not say that it was redacted')
    for place[0], number in lost:
        check(number in given_up, f'event {number} is said to be lost, and no log_repaired names it')
    return f'ok: {last} events, last hash {base64.urlsafe_b64encode(chain).decode().rstrip("=")}'

if __name__ == '__main__':
    path, place = pathlib.Path(sys.argv[1]), [0]
    try:
        with open(path / 'events-000000000001.jsonl' if path.is_dir() else path, 'rb') as log:
            print(verify(log, place))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        print(f'line {place[0]}: {fault}')
        sys.exit(1)

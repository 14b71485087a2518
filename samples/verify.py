#!/usr/bin/env python3
"""Verifies a log without the program that wrote it: python3 verify.py PROJECT_FOLDER (or one file, if the log is in one).

Nothing but the format is shared with it: per line the checksum, the number, the call and the write, the chain, and the
text against its hash, or else a later event_redacted that names it; per further file a header that goes on from the file
before. Behind an event_lost, which a log_repaired must name, the chain starts anew. Prints "ok: …"; or the first fault,
and exits with 1."""
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

def lines_of(paths):
    for path in paths:
        length = path.stat().st_size
        with open(path, 'rb') as lines:
            for number, line in enumerate(lines, 1):
                yield path, length, number, line
        check(length > 0, f'{path.name} is empty')

def verify(paths, place):
    last, end, call, commit, named, blank, kind, lost, given_up = 0, 0, None, None, set(), [], None, [], set()
    project, size, lost_here = None, 0, False
    for path, length, number, line in lines_of(paths):
        place[:] = path.name, number
        check(line.endswith(b'\n'), 'it does not end in a newline: the log was torn')
        body, crc = line[:-19], line[-19:]
        check(crc == b',"crc":"%08x"}\n' % zlib.crc32(body), 'its checksum does not match')
        event = json.loads(line)
        if number == 1:
            check(event.get('first_event_id') == last + 1 and 'project' in event, 'it is not the header of a log that goes on here')
            check(event['format']['minReader'] <= 1, 'the log needs a newer reader')
            if project is None:
                chain = hashlib.sha256(body).digest()
            else:
                check(path.name == f'events-{last + 1:012}.jsonl', 'its name is not that of its first event')
                check(event['project'] == project and last == end, 'it is of another project, or cuts a call')
                check(kind == 'event_lost' or decode(event['previous_hash'].encode()) == chain, 'it does not follow from the file before')
                check(lost_here or event['previous_length'] == size, 'the file before it had another length')
            project, size, lost_here, commit = event['project'], length, False, None
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
            blank.append((tuple(place), number, int(redacted[1])))
        kind = event['event_type']
        if kind == 'event_redacted':
            named.update((target, number) for target in event['refs'])
        elif kind == 'log_repaired':
            given_up.update(event['refs'])
        elif kind == 'event_lost':
            lost.append((tuple(place), number))
            lost_here = True
        last, end, call, commit = number, event['tx'] + event['n'] - 1, (event['tx'], event['n']), event['commit']
    check(project and last == end, 'the last call is not whole')
    for place[:], target, eraser in blank:
        check((target, eraser) in named, f'its text is gone, and event {eraser} does not say that it was redacted')
    for place[:], number in lost:
        check(number in given_up, f'event {number} is said to be lost, and no log_repaired names it')
    return f'ok: {last} events, last hash {base64.urlsafe_b64encode(chain).decode().rstrip("=")}'

if __name__ == '__main__':
    path, place = pathlib.Path(sys.argv[1]), ['', 0]
    try:
        print(verify(sorted(path.glob('events-*.jsonl')) if path.is_dir() else [path], place))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        print(f'{place[0] + " " if place[0] else ""}line {place[1]}: {fault}')
        sys.exit(1)

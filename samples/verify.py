#!/usr/bin/env python3
"""Verifies a log without the program that wrote it: python3 verify.py PROJECT_FOLDER (or one segment file).

Nothing but the format is shared with it. Per line: checksum, number, call and write, chain, and the text against its
hash, or else a later event_redacted that names it. A valid log prints "ok: …"; else the first fault, and exit code 1."""
import base64, hashlib, json, pathlib, re, sys, zlib

HEADER = re.compile(rb'\{"project":"[0-9a-f]{32}","first_event_id":\d+,"previous_hash":"([\w-]{43})?",.*')
EVENT = re.compile(rb'(\{"event_id":.*?"data_hash":"([\w-]{43})"),"hash":"([\w-]{43})"(.*)')
WHOLE = re.compile(rb',("user":.*),"salt":"([\w-]{22})"')
BLANK = re.compile(rb',"redacted_by":(\d+) *')

def check(holds, what):
    if not holds:
        raise ValueError(what)

def decode(spelling):  # base64url without padding; one value has one spelling
    value = base64.urlsafe_b64decode(spelling + b'=' * (-len(spelling) % 4))
    check(base64.urlsafe_b64encode(value).rstrip(b'=') == spelling, 'a hash or salt is not spelled canonically')
    return value

def checked(line):  # what the checksum covers
    check(line.endswith(b'\n'), 'it does not end in a newline: the log was torn')
    check(line[-19:-1] == b',"crc":"%08x"}' % zlib.crc32(line[:-19]), 'its checksum does not match')
    return line[:-19]

def verify_header(line, position):
    body, header = checked(line), json.loads(line)
    check(match := HEADER.fullmatch(body), 'it is not the header of a log')
    check(header['format']['minReader'] <= 1, 'the log needs a newer reader')
    check(header['first_event_id'] == position['id'] + 1, 'the segment does not begin where the one before it ends')
    if position['id'] == 0:
        return hashlib.sha256(body).digest()
    check(match[1] and decode(match[1]) == position['hash'], 'the segment does not continue the one before it')
    check(header['previous_length'] == position['length'], 'the segment before it has another length')
    return position['hash']

def verify_event(line, before, state):
    check(match := EVENT.fullmatch(checked(line)), 'it is not an event')
    head, data_hash, spelled, rest = match.groups()
    event, event_id = json.loads(line), before['id'] + 1
    check(event['event_id'] == event_id, f'event {event["event_id"]} stands where {event_id} belongs')
    begins = before['id'] == before['end']
    check(event['n'] > 0 and (event['tx'] == event_id if begins else (event['tx'], event['n']) == before['call']),
          'it does not belong to the call around it')
    check(event['commit'] == event_id and begins or event['commit'] == before['commit'],
          'it does not belong to the write around it')
    check(hashlib.sha256(before['hash'] + head).digest() == decode(spelled), 'its hash does not follow from the one before')
    if whole := WHOLE.fullmatch(rest):
        check(hashlib.sha256(decode(whole[2]) + whole[1]).digest() == decode(data_hash), 'its text is not what was recorded')
    else:
        check(blank := BLANK.fullmatch(rest), 'it has neither its text nor a redaction in its place')
        state['redacted'].append((state['line'], event_id, int(blank[1])))
    if event['event_type'] == 'event_redacted':
        state['named'].update((target, event_id) for target in event['refs'])
    return {'id': event_id, 'hash': decode(spelled), 'end': event['tx'] + event['n'] - 1,
            'call': (event['tx'], event['n']), 'commit': event['commit']}

def verify(path, state):
    files = sorted(path.glob('events-*.jsonl')) if path.is_dir() else [path]
    position = {'id': 0, 'hash': b'', 'end': 0, 'call': None, 'commit': None}
    for file in files:
        with open(file, 'rb') as lines:
            for number, line in enumerate(lines, 1):
                state['line'] = f'{file.name} line {number}'
                if number == 1:
                    position['hash'] = verify_header(line, position)
                else:
                    position = verify_event(line, position, state)
            position['length'] = lines.tell()
    check(files and position.get('length'), 'there is no log')
    check(position['id'] == position['end'], 'the last call is not whole')
    for state['line'], target, eraser in state['redacted']:
        check((target, eraser) in state['named'], f'its text is gone, and event {eraser} does not say that it was redacted')
    return f'ok: {position["id"]} events, last hash {base64.urlsafe_b64encode(position["hash"]).decode().rstrip("=")}'

if __name__ == '__main__':
    state = {'line': sys.argv[1], 'redacted': [], 'named': set()}
    try:
        print(verify(pathlib.Path(sys.argv[1]), state))
    except (ValueError, KeyError, TypeError) as fault:
        print(f'{state["line"]}: {fault}')
        sys.exit(1)

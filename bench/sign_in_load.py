#!/usr/bin/env python3
"""bench/sign_in_load.py [--build release] [--seconds 10] [--rate 100]

What a flood of sign-ins does to everybody else: the 95th percentile of public pages at rest, and while RATE sign-ins a second knock from many addresses;
and how long those wait who find the queue of the password hasher full (429). JSON on standard output. The server listens on loopback and believes
X-Forwarded-For of it, so that every sign-in has an address of its own."""
import argparse, http.client, json, os, pathlib, re, shutil, signal, socket, statistics, subprocess, sys, tempfile, threading, time, urllib.parse

root = pathlib.Path(__file__).resolve().parents[1]
options = argparse.ArgumentParser()
options.add_argument('--build', default='release')
options.add_argument('--seconds', type=float, default=10)
options.add_argument('--rate', type=float, default=100)
options = options.parse_args()
program = str(root / 'build' / options.build / 'miteinander')

def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]

def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else None

def ask(connection, method, path, body=None, headers={}):
    begun = time.perf_counter()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    return answer, content, 1000 * (time.perf_counter() - begun)

class Pages(threading.Thread):
    """Somebody who reads: one page after the other, with a little pause. Half of them are kept pages, half are made for them."""
    def __init__(self, port, until):
        super().__init__()
        self.port, self.until, self.times, self.failures = port, until, [], 0
    def run(self):
        connection, n = http.client.HTTPConnection('127.0.0.1', self.port), 0
        while time.perf_counter() < self.until:
            n += 1
            try:
                answer, _, took = ask(connection, 'GET', '/umsetzung' if n % 2 else f'/pflichten?zustand=open&n={n}')
                self.times.append(took)
                self.failures += answer.status != 200
            except OSError:
                self.failures += 1
                connection = http.client.HTTPConnection('127.0.0.1', self.port)
            time.sleep(0.01)

class Knocker(threading.Thread):
    """Sends sign-ins when their moment has come, whatever became of the ones before."""
    def __init__(self, port, moments, token, cookie):
        super().__init__()
        self.port, self.moments, self.answers = port, moments, []
        self.body = urllib.parse.urlencode({'name': 'niemand', 'password': 'falsch falsch falsch', '_csrf': token})
        self.cookie = cookie
    def run(self):
        for number, moment in self.moments:
            time.sleep(max(0, moment - time.perf_counter()))
            connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
            address = f'10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}'
            body = self.body.replace('niemand', f'niemand{number}')  # each a name of its own, so that no door shuts
            try:
                answer, _, took = ask(connection, 'POST', '/anmelden', body,
                                      {'Content-Type': 'application/x-www-form-urlencoded', 'Cookie': self.cookie, 'X-Forwarded-For': address,
                                       'Origin': f'http://127.0.0.1:{self.port}'})
                self.answers.append((answer.status, took))
            except OSError as failure:
                self.answers.append((type(failure).__name__, 0))
            connection.close()

def read_for(port, seconds):
    until = time.perf_counter() + seconds
    readers = [Pages(port, until) for _ in range(4)]
    for r in readers: r.start()
    for r in readers: r.join()
    return [t for r in readers for t in r.times], sum(r.failures for r in readers)

work = tempfile.mkdtemp()
server = None
try:
    data = os.path.join(work, 'data')
    for example in ('nordhausen-2018', 'nordhausen-2018-sample'):
        subprocess.run([program, 'load', str(root / 'data' / example), '--data', data], check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    server = subprocess.Popen([program, 'serve', '--data', data, '--port', str(port), '--today', '2020-09-30', '--quiet', '--trusted-proxy', '127.0.0.1'],
                              stdout=subprocess.DEVNULL)
    for _ in range(600):
        try:
            ask(http.client.HTTPConnection('127.0.0.1', port), 'GET', '/umsetzung')
            break
        except OSError:
            time.sleep(0.1)
    answer, content, _ = ask(http.client.HTTPConnection('127.0.0.1', port), 'GET', '/anmelden')
    token = re.search(rb'name="_csrf" value="([^"]+)"', content).group(1).decode()
    cookie = '; '.join(value.split(';')[0] for name, value in answer.getheaders() if name.lower() == 'set-cookie')

    read_for(port, 2)  # warm
    quiet, quiet_failures = read_for(port, options.seconds)
    begun, knockers = time.perf_counter() + 0.2, 48
    moments = [(i, begun + i / options.rate) for i in range(int(options.rate * (options.seconds + 0.5)))]
    flood = [Knocker(port, moments[i::knockers], token, cookie) for i in range(knockers)]
    for k in flood: k.start()
    loud, loud_failures = read_for(port, options.seconds)
    for k in flood: k.join()
    answers = [a for k in flood for a in k.answers]
    by_status = {}
    for status, took in answers: by_status.setdefault(str(status), []).append(took)
    before, after = percentile(quiet, .95), percentile(loud, .95)
    print(json.dumps({
        'build': options.build, 'sign_ins_per_second': options.rate, 'seconds': options.seconds,
        'pages_at_rest': {'answers': len(quiet), 'failures': quiet_failures, 'median_ms': round(statistics.median(quiet), 2), 'p95_ms': round(before, 2)},
        'pages_under_flood': {'answers': len(loud), 'failures': loud_failures, 'median_ms': round(statistics.median(loud), 2), 'p95_ms': round(after, 2)},
        'p95_ratio': round(after / before, 2),
        'sign_ins': {status: {'answers': len(times), 'median_ms': round(statistics.median(times), 1), 'p95_ms': round(percentile(times, .95), 1), 'longest_ms': round(max(times), 1)}
                     for status, times in sorted(by_status.items())},
    }, indent=2))
finally:
    if server:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    shutil.rmtree(work, ignore_errors=True)

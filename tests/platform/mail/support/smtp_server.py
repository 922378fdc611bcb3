#!/usr/bin/python3
# A real SMTP server for tests: smtp_server.py FOLDER [--security none|starttls|tls] [--login USER:PASSWORD]. Makes a certificate for localhost in
# FOLDER (ca.pem), prints its port as its first line, and appends every mail to FOLDER/mails as a line of JSON. What it does is asked by the recipient:
# busy@… is answered 451, gone@… 550, slow@… much too late. Ends with its standard input.
import argparse, asyncio, json, pathlib, ssl, subprocess, sys, warnings

warnings.simplefilter('ignore')
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

options = argparse.ArgumentParser()
options.add_argument('folder', type=pathlib.Path)
options.add_argument('--security', choices=['none', 'starttls', 'tls'], default='none')
options.add_argument('--login', default='')
asked = options.parse_args()


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('busy@'): return '451 4.3.0 come back later'
        if address.startswith('gone@'): return '550 5.1.1 no such mailbox'
        if address.startswith('slow@'): await asyncio.sleep(30)
        envelope.rcpt_tos.append(address)
        return '250 2.1.5 fine'

    async def handle_DATA(self, server, session, envelope):
        mail = {'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': asked.security == 'tls' or session.ssl is not None, 'login': session.authenticated,
                'content': envelope.content.decode('ascii')}
        with open(asked.folder / 'mails', 'a') as out: out.write(json.dumps(mail) + '\n')
        return '250 2.0.0 taken'


def authenticate(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and b':'.join([data.login, data.password]).decode() == asked.login
    return AuthResult(success=good)


async def main():
    context = None
    if asked.security != 'none':
        if not (asked.folder / 'ca.pem').exists():
            subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
                            '-addext', 'subjectAltName=DNS:localhost', '-keyout', asked.folder / 'key.pem', '-out', asked.folder / 'ca.pem'], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(asked.folder / 'ca.pem', asked.folder / 'key.pem')
    login = {'authenticator': authenticate, 'auth_required': True, 'auth_require_tls': asked.security == 'starttls'} if asked.login else {}
    loop = asyncio.get_running_loop()
    starttls = {'tls_context': context, 'require_starttls': True} if asked.security == 'starttls' else {}
    server = await loop.create_server(lambda: SMTP(Handler(), hostname='localhost', **starttls, **login), '127.0.0.1', 0, ssl=context if asked.security == 'tls' else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())

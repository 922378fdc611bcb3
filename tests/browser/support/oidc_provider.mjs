// A real OpenID provider for one journey: oidc_provider.mjs PORT REDIRECT_URI. Its own development pages ask for a name; whoever it is has a verified
// address and the group "lead". Ends with its standard input.
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{ client_id: 'miteinander', token_endpoint_auth_method: 'none', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'] }],
  pkce: { required: () => true, methods: ['S256'] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['nur-fuer-diesen-test'] },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ sub: id, name: 'Leitung der Integration', email: `${id}@kreis.example`, email_verified: true, groups: ['lead'] }) }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

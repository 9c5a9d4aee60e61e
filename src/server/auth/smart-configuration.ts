import { bringingMessages } from '#domain/access/smart-scopes.ts'
import { notFound } from '#server/problem.ts'
import type { Provider } from './provider-contract.ts'

/** `/.well-known/smart-configuration` for programs (SMART App Launch 2.2, backend services). 404 if none are allowed. */
export async function smartConfiguration(provider: Provider | undefined): Promise<Response> {
  const found = await provider?.forPrograms()
  if (!provider || !found) throw notFound()
  const body = {
    issuer: provider.issuer,
    jwks_uri: found.jwks,
    token_endpoint: found.tokenEndpoint,
    grant_types_supported: ['client_credentials'],
    scopes_supported: [
      ...['system/*.cruds', 'system/*.rs', 'system/*.read', 'system/*.write'],
      bringingMessages,
    ],
    capabilities: ['permission-v1', 'permission-v2'],
  }
  return new Response(JSON.stringify(body), {
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  })
}

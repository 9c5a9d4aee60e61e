import { type ClaimNames, usualClaimNames } from '#server/auth/claims.ts'
import type { SignIn } from '#server/auth/provider-sign-in.ts'
import { openProvider } from './open-provider.ts'

type Environment = Readonly<Record<string, string | undefined>>

const needed = ['GABLE_OIDC_ISSUER', 'GABLE_OIDC_CLIENT_ID', 'GABLE_OIDC_CLIENT_SECRET'] as const

/** The OpenID provider that the environment names; undefined if it names none. Throws if the settings are incomplete. */
export function signInSettings(env: Environment): SignIn | undefined {
  const [issuer = '', clientId = '', clientSecret = ''] = needed.map((name) => env[name])
  const given = [issuer, clientId, clientSecret].filter(Boolean).length
  if (given === 0) return undefined
  if (given < needed.length)
    throw new Error(`To sign in with a provider, all of ${needed.join(', ')} are needed.`)
  if (!isSafe(issuer)) throw new Error('GABLE_OIDC_ISSUER must be an https address.')
  const said = (name: string, usual: string) => env[`GABLE_OIDC_${name}`] || usual
  const audience = said('AUDIENCE', '')
  return {
    provider: openProvider({
      ...{ issuer, clientId, clientSecret },
      label: said('LABEL', 'work account'),
      scope: said('SCOPE', 'openid profile'),
      programOrganisation: said('PROGRAM_CLAIM', usualClaimNames.organisation),
      ...(audience ? { audience } : {}),
    }),
    names: namesFrom(said),
  }
}

function namesFrom(said: (name: string, usual: string) => string): ClaimNames {
  const usual = usualClaimNames
  return {
    staff: said('STAFF_CLAIM', usual.staff),
    staffSystem: said('STAFF_SYSTEM', usual.staffSystem),
    organisation: said('ORGANISATION_CLAIM', usual.organisation),
    nhsNumber: said('NHS_NUMBER_CLAIM', usual.nhsNumber),
    proofing: said('PROOFING_CLAIM', usual.proofing),
    proven: said('PROVEN', usual.proven.join(' ')).split(' ').filter(Boolean),
  }
}

/** Secrets and tokens go over https, or stay on this machine. */
function isSafe(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

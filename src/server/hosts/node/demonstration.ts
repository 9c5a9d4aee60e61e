import type { IncomingMessage } from 'node:http'
import { chidiOwnId, demoIdentities, graceId } from '#demo-data/identities.ts'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import type { Sql } from '#server/store/sql.ts'
import { isLoopback } from './loopback.ts'
import { SettingProblem } from './settings.ts'

/** Headers in which a proxy, a tunnel or a content network names the original caller. */
const forwarding =
  /^(forwarded|via|x-forwarded(-.+)?|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-(host|url|forwarded-for)|x-host|true-client-ip|cf-connecting-ip|fastly-client-ip|fly-client-ip|x-azure-clientip|x-envoy-external-address|cdn-loop)$/

/**
 * Why a demonstration does not answer this request; undefined if it comes from this machine. Anyone may sign in as
 * anyone there, so a proxy in front of it, or a host name that points to this machine, would open it to the world.
 */
export function notFromHere(call: IncomingMessage): string | undefined {
  const { headers, socket } = call
  if (!isLocalAddress(socket.remoteAddress ?? '')) return 'an address of another machine'
  if (hostsIn(call) > 1 || !isLocalHost(headers.host ?? ''))
    return 'a Host that is not this machine'
  const { origin } = headers
  if (origin !== undefined && !isLocalOrigin(origin)) return 'an Origin that is not this machine'
  const foreign = Object.entries(headers).find(
    ([name, value]) => forwarding.test(name) && !namesOnlyLoopback(String(value)),
  )
  return foreign && `a request forwarded by another machine (${foreign[0]})`
}

/** Of several, Node gives the first; a proxy before us may have used the last. */
const hostsIn = ({ rawHeaders }: IncomingMessage) =>
  rawHeaders.filter((each, at) => at % 2 === 0 && /^host$/i.test(each)).length

const isLocalAddress = (address: string) => isLoopback(address.replace(/^::ffff:/, ''))

function isLocalHost(host: string): boolean {
  const [, name = ''] = /^(\[[0-9a-f:.]+\]|[^:/@\s]+)(?::\d{1,5})?$/i.exec(host) ?? []
  return isLoopback(name.toLowerCase())
}

function isLocalOrigin(origin: string): boolean {
  const url = URL.parse(origin)
  return url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname)
}

/** `for=127.0.0.1;host=localhost:8080`, `1.1 localhost`, `127.0.0.1, 127.0.0.1`: each part is this machine. */
function namesOnlyLoopback(value: string): boolean {
  const parts = value.split(/[,;]/).map((part) =>
    part
      .trim()
      .replace(/^(for|by|host)=/i, '')
      .replace(/^(\w+\/)?\d\.\d\s+/, '')
      .replaceAll('"', ''),
  )
  return parts.every((part) => isLocalHost(part) || isLoopback(part))
}

/**
 * Throws if there is a real person on record here: neither created by the demonstration, whose NHS numbers are in the
 * range that is never issued, nor imported by a demonstration identity.
 */
export async function mustHoldDemonstrationOnly(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ others: number }>(
    `select count(*)::int as others from resource r
     where r.rt = 'Patient'
       and not ((r.id ~ '^p-[0-9a-z]{10}$' or r.id = any($1::text[])) and (r.content is null or ${isInvented}))
       and not exists (select 1 from audit a where a.persons @> array[r.id] and a.allowed
         and a.act = 'C' and a.identity = any($2::text[]) and a.what -> r.id ? ('Patient/' || r.id))`,
    [[graceId, chidiOwnId], demoIdentities.map((each) => each.identity)],
  )
  const others = rows[0]?.others ?? 0
  if (others === 0) return
  throw new SettingProblem(
    `GABLE_DEMO=1 lets anyone sign in as anyone, and the database holds ${others} ${others === 1 ? 'person' : 'people'} not created or imported by a demonstration. Start without GABLE_DEMO, or use another database (DATABASE_URL, GABLE_DATA).`,
  )
}

/** Every NHS number of the record is from 999 000 0000 to 999 999 9999, and there is one. */
const isInvented = `exists (select 1 from jsonb_array_elements(r.content->'identifier') i
    where i->>'system' = '${nhsNumberSystem}' and i->>'value' like '999%')
  and not exists (select 1 from jsonb_array_elements(r.content->'identifier') i
    where i->>'system' = '${nhsNumberSystem}' and i->>'value' not like '999%')`

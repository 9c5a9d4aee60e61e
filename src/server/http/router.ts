import type { Bundle } from '@medplum/fhirtypes'
import { leavingATrace, wayOfRoute } from '#server/audit/audit-denied.ts'
import { searchTrail } from '#server/audit/audit-search.ts'
import { guardPerson } from '#server/authorization/authorize-write.ts'
import { withinScopes } from '#server/authorization/smart-scopes.ts'
import { batch } from '#server/interactions/batch.ts'
import {
  create,
  destroy,
  destroyWhere,
  patch,
  patchWhere,
  update,
  updateWhere,
} from '#server/interactions/create-update-delete.ts'
import { history, read, readVersion } from '#server/interactions/read.ts'
import { searchByAddress, searchByForm } from '#server/interactions/search-type.ts'
import { transact } from '#server/interactions/transaction.ts'
import { runOperation } from '#server/operations/run-operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { type Route, routeOf } from './fhir-routes.ts'
import { bodyResource } from './negotiation.ts'
import type { Visit } from './request-context.ts'

type Of<K extends Route['kind']> = Extract<Route, { kind: K }>
type Servants = { [K in Route['kind']]: (visit: Visit, route: Of<K>) => Promise<Response> }

const servants: Servants = {
  metadata: (visit) => runOperation(visit, { name: 'metadata' }),
  bundle: (visit) => serveBundle(visit),
  trail: (visit) => searchTrail(visit),
  search: (visit, { type }) => searchByAddress(visit, type),
  'search-form': (visit, { type }) => searchByForm(visit, type),
  create: (visit, { type }) => create(visit, type),
  'update-where': (visit, { type }) => updateWhere(visit, type),
  'patch-where': (visit, { type }) => patchWhere(visit, type),
  'delete-where': (visit, { type }) => destroyWhere(visit, type),
  read: (visit, route) => read(visit, route),
  update: (visit, route) => update(visit, route),
  patch: (visit, route) => patch(visit, route),
  delete: (visit, route) => destroy(visit, route),
  vread: (visit, route) => readVersion(visit, route),
  history: (visit, { type, id }) =>
    history(visit, { ...(type ? { type } : {}), ...(id ? { id } : {}) }),
  operation: async (visit, route) => {
    if (route.id && route.type === 'Patient') await guardPerson(visit, route.id)
    return await runOperation(visit, route)
  },
}

/** Answers one FHIR call of someone who is signed in, and leaves its entry in the trail. Throws `FhirProblem`. */
export const serveTraced = leavingATrace(serve, (visit) => wayOfRoute(routeIn(visit)))

const routeIn = ({ request, url }: Visit): Route =>
  routeOf(request.method, url.pathname.replace(/^\/fhir/, ''))

async function serve(visit: Visit): Promise<Response> {
  const route = routeIn(visit)
  const servant = servants[route.kind] as (visit: Visit, route: Route) => Promise<Response>
  return await servant(withinScopes(visit, route), route)
}

async function serveBundle(visit: Visit): Promise<Response> {
  const body = await bodyResource(visit.request)
  const bundle = body as Bundle
  if (body.resourceType !== 'Bundle') {
    throw new FhirProblem(400, 'invalid', 'Only a Bundle can be posted here')
  }
  if (bundle.type === 'transaction') return await transact(visit, bundle, serve)
  if (bundle.type === 'batch') return await batch(visit, bundle, serveTraced)
  const text = `A Bundle of type ${bundle.type} cannot be processed: use transaction or batch`
  throw new FhirProblem(400, 'invalid', text, { expression: 'Bundle.type' })
}

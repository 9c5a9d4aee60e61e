import type { Bundle } from '@medplum/fhirtypes'
import { authorizePerson } from './authorization/authorize-write.ts'
import { withinScopes } from './authorization/smart-scopes.ts'
import { type FhirRoute, fhirRouteOf } from './http/fhir-routes.ts'
import { bodyResource } from './http/negotiate-json.ts'
import type { RequestContext } from './http/request-context.ts'
import { auditingDenied, wayOfRoute } from './interactions/audit-denied.ts'
import { searchAuditLog } from './interactions/audit-search.ts'
import { batch } from './interactions/batch.ts'
import { history, read, vread } from './interactions/read.ts'
import { searchTypeByGet, searchTypeByPost } from './interactions/search-type.ts'
import { type Serve, transaction } from './interactions/transaction.ts'
import { conditionalDelete } from './interactions/write/conditional-delete.ts'
import { conditionalPatch } from './interactions/write/conditional-patch.ts'
import { conditionalUpdate } from './interactions/write/conditional-update.ts'
import { create } from './interactions/write/create.ts'
import { deleteRecord } from './interactions/write/delete.ts'
import { patch } from './interactions/write/patch.ts'
import { update } from './interactions/write/update.ts'
import { runOperation } from './operations/run-operation.ts'
import { FhirProblem } from './problem.ts'

type Of<K extends FhirRoute['kind']> = Extract<FhirRoute, { kind: K }>
type Servants = {
  [K in FhirRoute['kind']]: (context: RequestContext, route: Of<K>) => Promise<Response>
}

const servants: Servants = {
  metadata: (context) => runOperation(context, { name: 'metadata' }),
  bundle: (context) => serveBundle(context),
  trail: (context) => searchAuditLog(context),
  search: (context, { type }) => searchTypeByGet(context, type),
  'search-form': (context, { type }) => searchTypeByPost(context, type),
  create: (context, { type }) => create(context, type),
  'update-where': (context, { type }) => conditionalUpdate(context, type),
  'patch-where': (context, { type }) => conditionalPatch(context, type),
  'delete-where': (context, { type }) => conditionalDelete(context, type),
  read: (context, route) => read(context, route),
  update: (context, route) => update(context, route),
  patch: (context, route) => patch(context, route),
  delete: (context, route) => deleteRecord(context, route),
  vread: (context, route) => vread(context, route),
  history: (context, { type, id }) =>
    history(context, { ...(type ? { type } : {}), ...(id ? { id } : {}) }),
  operation: async (context, route) => {
    if (route.id && route.type === 'Patient') await authorizePerson(context, route.id)
    return await runOperation(context, route)
  },
}

/** Answers one FHIR request of a signed-in user, and adds its entry to the audit log. Throws `FhirProblem`. */
export const routeRequest = traced(serve)

function traced(serving: Serve): Serve {
  return auditingDenied(serving, (context) => wayOfRoute(routeIn(context)))
}

const routeIn = ({ request, url }: RequestContext): FhirRoute =>
  fhirRouteOf(request.method, url.pathname.replace(/^\/fhir/, ''))

async function serve(context: RequestContext): Promise<Response> {
  const route = routeIn(context)
  const servant = servants[route.kind] as (
    context: RequestContext,
    route: FhirRoute,
  ) => Promise<Response>
  return await servant(withinScopes(context, route), route)
}

async function serveBundle(context: RequestContext): Promise<Response> {
  const body = await bodyResource(context.request)
  const bundle = body as Bundle
  if (body.resourceType !== 'Bundle') {
    throw new FhirProblem(400, 'invalid', 'Only a Bundle can be posted here')
  }
  if (bundle.type === 'transaction') return await transaction(context, bundle, serve)
  if (bundle.type === 'batch') return await batch(context, bundle, { serve, traced })
  const text = `A Bundle of type ${bundle.type} cannot be processed: use transaction or batch`
  throw new FhirProblem(400, 'invalid', text, { expression: 'Bundle.type' })
}

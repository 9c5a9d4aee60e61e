import * as v from 'valibot'
import { checked } from '#domain/fhir/checked-json.ts'
import { FhirProblem } from '#server/problem.ts'
import { decryptToken, encryptToken } from '#server/store/encrypted-token.ts'
import type { Sql } from '#server/store/sql.ts'

/** What the link to the next page stands for: it is encrypted, so that no name or number is in an address. */
const pageShape = v.object({
  type: v.string(),
  query: v.string(),
  next: v.string(),
  identity: v.string(),
})
export type Page = Readonly<v.InferOutput<typeof pageShape>>

const purpose = 'page-link'

export async function sealPage(sql: Sql, page: Page): Promise<string> {
  return await encryptToken(sql, purpose, page)
}

/** 410 if the link is not one of ours, or was given to someone else. */
export async function openPage(sql: Sql, token: string, identity: string): Promise<Page> {
  // an earlier version may have created it
  const page = checked(pageShape, await decryptToken(sql, purpose, token))
  if (page?.identity === identity) return page
  throw new FhirProblem(410, 'expired', 'This page is no longer available: search again')
}

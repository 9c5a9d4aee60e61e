import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '#domain/access/actor.ts'
import { hasRouteAccess } from './route-access.ts'

const pages = [
  ...['/my', '/my/readings', '/today', '/find', '/caseload', '/tasks', '/emergency', '/waiting'],
  ...['/find/referrals', '/find/in-hospital', '/meetings', '/messages', '/diary'],
  ...['/people/p-1/plan', '/insight', '/import', '/backup', '/duplicates', '/hospital-messages'],
  ...['/organisations', '/licences', '/services', '/cover'],
]
const staff = pages.slice(2)
const office = staff.filter((each) =>
  /^.(insight|import|backup|duplicates|hospital-messages|organisations|licences|services)$/.test(
    each,
  ),
)

describe('The pages of a role', () => {
  const table: readonly (readonly [Role, readonly string[]])[] = [
    ['nurse-case-manager', staff],
    ['professional', staff],
    ['person', ['/my', '/my/readings']],
    ['carer', ['/my', '/my/readings']],
    ['manager', [...office, '/cover']],
    ['admin', ['/find', '/people/p-1/plan', ...office]],
  ]
  test.each(table)('%s opens no page that is for other roles', (role, expected) => {
    const actor: Actor = { identity: role, name: role, role }
    const opened = pages.filter((page) => hasRouteAccess(actor, page))
    expect(opened.toSorted()).toEqual([...expected].toSorted())
  })
})

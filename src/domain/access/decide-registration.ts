export type RegistrationAsked = Readonly<{
  /** with whom the person is registered now, and would be: `Organization/x`, `Practitioner/x`, `PractitionerRole/x` */
  before: readonly string[]
  after: readonly string[]
  /** the writer herself and where she works */
  mine: readonly string[]
  /** the organisation that brought the person in: it reaches her while no practice is */
  custodian?: string | undefined
  /** the practices that have handed her over to where the writer works, and wait for its yes */
  handedOver: readonly string[]
}>

/**
 * A person moves from one practice to another when both say so. Who a practice names of its own people is its own matter,
 * and whoever brought somebody in says where she is registered, as long as nobody else says that she is registered there.
 */
export function mayRegister(asked: RegistrationAsked): boolean {
  const { before, after, mine, custodian, handedOver } = asked
  const losing = before.filter((each) => !after.includes(each))
  const gaining = after.filter((each) => !before.includes(each))
  if (losing.length + gaining.length === 0) return true
  const agreed = [...mine, ...handedOver]
  const brought = custodian === undefined ? [] : [custodian]
  const now = before.some(isPractice) ? before : [...before, ...brought]
  if (now.length > 0 && !now.some((each) => agreed.includes(each))) return false
  if (before.length === 0 && now.length > 0) return true
  // without anybody registered she falls back to whoever brought her in
  const next = after.length > 0 ? after : brought
  const says = (side: string, among: readonly string[]) =>
    agreed.includes(side) ||
    (!isPractice(side) && among.some((each) => isPractice(each) && agreed.includes(each)))
  return (
    losing.every((each) => says(each, now)) &&
    next.every((each) => before.includes(each) || says(each, next))
  )
}

const isPractice = (reference: string) => reference.startsWith('Organization/')

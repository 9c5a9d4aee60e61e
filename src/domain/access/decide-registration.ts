export type RegistrationChange = Readonly<{
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
export function decideRegistration(asked: RegistrationChange): boolean {
  const { before, mine, handedOver } = asked
  const [now, next] = [whoLooksAfter(before, asked), whoLooksAfter(asked.after, asked)]
  const losing = now.filter((each) => !next.includes(each))
  const gaining = next.filter((each) => !now.includes(each))
  if (losing.length + gaining.length === 0) return true
  const agreed = [...mine, ...handedOver]
  if (now.length > 0 && !now.some((each) => agreed.includes(each))) return false
  if (before.length === 0 && now.length > 0) return true
  const says = (side: string, among: readonly string[]) =>
    agreed.includes(side) ||
    (!isPractice(side) && among.some((each) => isPractice(each) && agreed.includes(each)))
  return losing.every((each) => says(each, now)) && gaining.every((each) => says(each, next))
}

/** Without a practice, with a doctor by name or without, whoever brought her in looks after her: that is a side too. */
function whoLooksAfter(
  registered: readonly string[],
  { custodian }: RegistrationChange,
): readonly string[] {
  if (custodian === undefined || registered.some(isPractice)) return registered
  return [...registered, custodian]
}

const isPractice = (reference: string) => reference.startsWith('Organization/')

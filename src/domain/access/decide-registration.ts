export type RegistrationChange = Readonly<{
  /** where the person is registered now, and would be: `Organization/x`, `Practitioner/x`, `PractitionerRole/x` */
  before: readonly string[]
  after: readonly string[]
  /** the writer and their organisation */
  mine: readonly string[]
  /** the organisation that brought the person in: it has access while no practice is registered */
  custodian?: string | undefined
  /** the practices that have handed the person over to the writer's organisation, and wait for it to accept */
  handedOver: readonly string[]
}>

/**
 * A person moves from one practice to another if both agree. A practice decides by itself which of its own staff it
 * names, and the organisation that brought somebody in says where they are registered, as long as nothing is recorded
 * about that.
 */
export function decideRegistration(change: RegistrationChange): boolean {
  const { before, mine, handedOver } = change
  const [now, next] = [whoLooksAfter(before, change), whoLooksAfter(change.after, change)]
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

/**
 * Without a practice, with or without a doctor by name, the organisation that brought the person in looks after them:
 * it counts as one of the two sides.
 */
function whoLooksAfter(
  registered: readonly string[],
  { custodian }: RegistrationChange,
): readonly string[] {
  if (custodian === undefined || registered.some(isPractice)) return registered
  return [...registered, custodian]
}

const isPractice = (reference: string) => reference.startsWith('Organization/')

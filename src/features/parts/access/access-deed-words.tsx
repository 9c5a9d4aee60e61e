import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { AccessDeed } from '#domain/audit/access-deed.ts'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{ deed: AccessDeed; until?: string | undefined }>

/** What somebody did, after their name: the same words for the person, a carer and the staff. */
export const AccessDeedWords = ({ deed, until }: Props): ReactNode => words[deed](until)

const cardWords =
  (untilDay: (day: ReactNode) => ReactNode, noDay: ReactNode) => (until: string | undefined) =>
    until ? untilDay(<DateText date={until} />) : noDay

const words: Readonly<Record<AccessDeed, (until: string | undefined) => ReactNode>> = {
  'card-made': cardWords(
    (day) => <Trans>made an emergency card that ends on {day}.</Trans>,
    <Trans>made, changed or ended an emergency card.</Trans>,
  ),
  'card-replaced': cardWords(
    (day) => <Trans>made an emergency card that ends on {day}, and ended an old one.</Trans>,
    <Trans>made an emergency card, and ended an old one.</Trans>,
  ),
  'card-renewed': cardWords(
    (day) => <Trans>kept an emergency card in use until {day}.</Trans>,
    <Trans>kept an emergency card in use for longer.</Trans>,
  ),
  'card-ended': () => <Trans>ended an emergency card.</Trans>,
  'card-printed': () => <Trans>opened an emergency card to print it.</Trans>,
  'carer-added': () => <Trans>added someone who helps.</Trans>,
  'carer-ended': () => <Trans>wrote that someone no longer helps.</Trans>,
  'carer-offer': () => <Trans>wrote about help for a carer.</Trans>,
  'carer-record': () => <Trans>opened a record for a carer.</Trans>,
  template: () => <Trans>put ideas from a template in the plan.</Trans>,
  'screen-turned': () => <Trans>turned the screen round, to read the plan together.</Trans>,
  'screen-answer': () => <Trans>wrote an answer that was given on the turned screen.</Trans>,
  'record-copy': () => <Trans>took a copy of the record.</Trans>,
  'plan-copy': () => <Trans>took a copy of the plan.</Trans>,
  essentials: () => <Trans>read what to know first in an emergency.</Trans>,
  message: () => <Trans>sent a message that was put in the record.</Trans>,
  'records-joined': () => <Trans>joined two records of the same person, or parted them.</Trans>,
  'emergency-ended': () => <Trans>closed the record after an emergency.</Trans>,
  photo: () => <Trans>changed the photo.</Trans>,
  'if-worse': () => <Trans>wrote what to do if things get worse, or in a crisis.</Trans>,
  aftercare: () => <Trans>wrote about free help after hospital (section 117).</Trans>,
  wishes: () => <Trans>wrote about wishes for later.</Trans>,
  sharing: () => <Trans>wrote what is shared, or what was agreed.</Trans>,
  help: () => <Trans>wrote about help that is offered or arranged.</Trans>,
}

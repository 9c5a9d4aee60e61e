import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { addMember, colleaguesQuery } from '#client/queries/coordination/care-team.ts'
import type { Team } from '#domain/team/team.ts'
import { WorkProblem } from '#features/coordination/work-problem.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { WhoField } from '#features/parts/who/who-field.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Button } from '#ui/layout/button.tsx'

/** Adds a colleague to the team. */
export function AddMember({ team }: { team: Team }) {
  const [open, setOpen] = useState(false)
  return open ? (
    <MemberForm team={team} onDone={() => setOpen(false)} />
  ) : (
    <Button variant="outline" onClick={() => setOpen(true)}>
      <Trans>Add someone to the team</Trans>
    </Button>
  )
}

function MemberForm({ team, onDone }: { team: Team; onDone: () => void }) {
  const { t } = useLingui()
  const { data } = useQuery(colleaguesQuery)
  const [reference, setReference] = useState('')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const isIn = team.members.some((member) => member.who.reference === reference)
  const problem = reference ? t`They are already in the team` : t`Choose who to add`
  const send = async () => {
    setTried(true)
    const colleague = data?.staff.find((each) => each.who.reference === reference)
    if (!colleague || isIn || work.pending) return
    if (!(await work.run(() => addMember(team.id, colleague)))) return
    onDone()
    toast(<Trans>{colleague.who.name} is in the team</Trans>)
  }
  return (
    <CheckedForm
      className="coordinate-form"
      aria-label={t`Add someone to the team`}
      onSubmit={send}
    >
      <WhoField
        label={t`Who to add to the team`}
        hint={t`They will be able to see this person’s record from now on.`}
        value={reference}
        onChange={(who) => setReference(who?.reference ?? '')}
        error={(tried && !reference) || isIn ? problem : undefined}
      />
      <WorkProblem failure={work.failure} />
      <TwoWaysOut
        pending={work.pending}
        onCancel={onDone}
        save={<Trans>Add to the team</Trans>}
        cancel={<Trans>Not now</Trans>}
      />
    </CheckedForm>
  )
}

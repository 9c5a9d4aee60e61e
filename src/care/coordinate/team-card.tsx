import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SaveNote } from '#care/monitor/save-note.tsx'
import { addMember, colleaguesQuery, endMember } from '#data/team.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { Card } from '#design/card.tsx'
import { Missing } from '#design/missing.tsx'
import { SelectField } from '#design/select-field.tsx'
import { TextField } from '#design/text-field.tsx'
import type { HouseRecord } from '#domain/plan/house.ts'

/** Who is in the team, as what, and how to reach them. */
export function TeamCard({ house }: { house: HouseRecord }) {
  const saving = useSaving()
  const caseId = house.caseOfPlan?.id
  return (
    <Card title={<Trans>The team</Trans>}>
      {house.team.length === 0 ? <Missing title={<Trans>No team yet</Trans>} /> : null}
      <ul className="gable-list">
        {house.team.map(({ who, role, phone }) => (
          <li key={`${who.reference} ${role}`}>
            <strong>{who.name || who.reference}</strong> {role}
            {phone ? (
              <>
                {' · '}
                <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>
              </>
            ) : null}{' '}
            {caseId ? (
              <Button
                variant="link"
                pending={saving.pending}
                onClick={() =>
                  void saving.run(() => endMember({ person: house.person, caseId, who, role }))
                }
              >
                <Trans>End {who.name}’s part</Trans>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <SaveNote saving={saving} />
      {caseId ? <AddMember person={house.person} caseId={caseId} /> : null}
    </Card>
  )
}

function AddMember({ person, caseId }: { person: string; caseId: string }) {
  const { t } = useLingui()
  const { data: colleagues } = useSuspenseQuery(colleaguesQuery)
  const [reference, setReference] = useState('')
  const [role, setRole] = useState('')
  const [tried, setTried] = useState(false)
  const saving = useSaving()
  const who = colleagues.find((each) => each.reference === reference)
  const add = async () => {
    setTried(true)
    if (!who || role.trim() === '') return
    if (!(await saving.run(() => addMember({ person, caseId, who, role: role.trim() })))) return
    setReference('')
    setRole('')
    setTried(false)
  }
  return (
    <details>
      <summary>
        <Trans>Ask somebody into the team</Trans>
      </summary>
      <SelectField
        label={t`Who joins`}
        value={reference}
        onChange={setReference}
        error={tried && !who ? t`Choose somebody` : undefined}
        hint={t`From then on they can open this person’s record.`}
        options={[
          { value: '', label: t`Choose somebody` },
          ...colleagues.map((each) => ({ value: each.reference, label: each.name })),
        ]}
      />
      <TextField
        label={t`As what`}
        value={role}
        onChange={setRole}
        error={tried && role.trim() === '' ? t`Say what they do in the team` : undefined}
      />
      <SaveNote saving={saving} />
      <Button variant="outline" pending={saving.pending} onClick={() => void add()}>
        <Trans>Add to the team</Trans>
      </Button>
    </details>
  )
}

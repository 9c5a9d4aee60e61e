import type { Flag } from '@medplum/fhirtypes'
import { at, to } from '#demo-data/vocabulary/codes.ts'
import { alertDutyExtension, alertDutyName } from '#domain/alert/alert-duty.ts'
import { answerBy } from '#domain/alert/answer-by.ts'
import { alertFlag } from '#domain/alert/closing.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { withExtensions } from '#domain/fhir/references-and-extensions.ts'

const amina = {
  ...{ reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf', voice: 'professional' as const },
}

type Facts = Readonly<{ person: string; plan: string; asOf: string }>

/** The alert as the service raises it about the last weight: it is Amina’s. Nobody is named to go on to, so that it stays hers in a demonstration. */
export function weightAlert({ person, plan, asOf }: Facts): Flag & { id: string } {
  const raised = at(asOf, '07:30')
  const flag = alertFlag({ person, about: `Observation/${person}-w0`, since: raised })
  const duty = alertDutyExtension({
    ...{ kind: 'weight', raised, owner: amina },
    answerBy: answerBy(new Date(raised), { hours: {}, zone: usualZone }).toISOString(),
    found: [
      {
        ...{ why: 'rise', reading: `${person}-w0`, rule: 'limit', amount: 2.4 },
        version: `CarePlan/${plan}/_history/1`,
        basis: [3, 2, 1, 0].map((day) => `Observation/${person}-w${day}/_history/1`),
      },
    ],
  })
  const subject = to('Patient', person)
  return { ...flag, id: flag.id, subject, ...withExtensions(flag, { [alertDutyName]: [duty] }) }
}

import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-router'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import type { RecordFields, TypedRecord } from './typed-record.ts'

/** Capacity is presumed: whoever decides for somebody needs the record that says otherwise. */
export function ForPersonNote({ view: { house, root } }: Readonly<{ view: HouseView }>) {
  return (
    <Notice tone="info" title={<Trans>{house.givenName} is taken to be able to decide this</Trans>}>
      <p>
        <Trans>
          Somebody else can answer only if a record says that {house.givenName} cannot decide this,
          with all the help there is.
        </Trans>{' '}
        <Link to={`${root}/capacity`}>
          <Trans>Decisions about capacity</Trans>
        </Link>
      </p>
    </Notice>
  )
}

/** Which authority, who holds it, and the document. Next of kin can be chosen, to be told that it is none. */
export function AuthorityFields(fields: RecordFields) {
  const { t } = useLingui()
  const { typed, change, tried, view } = fields
  const missing = (text: string, error: string) => (tried && !text.trim() ? error : undefined)
  return (
    <>
      <ForPersonNote view={view} />
      <Radios
        legend={t`Which authority?`}
        name="authority"
        value={typed.authority}
        onChange={(authority) => change({ authority: authority as TypedRecord['authority'] })}
        error={missing(typed.authority, t`Select the authority`)}
        options={[
          {
            value: 'lpa-health-welfare',
            label: t`Lasting power of attorney for health and welfare`,
            hint: t`Registered; one for property and money is not enough`,
          },
          { value: 'court-deputy', label: t`Deputy appointed by the Court of Protection` },
          { value: 'next-of-kin', label: t`Next of kin` },
        ]}
      />
      {typed.authority === 'next-of-kin' ? (
        <Notice tone="warning" title={<Trans>Next of kin cannot decide for somebody</Trans>}>
          <p>
            <Trans>
              Being family gives no authority to agree to a plan. Ask what they know about what{' '}
              {view.house.givenName} would want, and write it into a best-interests record.
            </Trans>
          </p>
        </Notice>
      ) : (
        <>
          <TextField
            label={t`Name of the person who decided`}
            value={typed.holder}
            onChange={(holder) => change({ holder })}
            error={missing(typed.holder, t`Enter a name`)}
          />
          <TextField
            label={t`Document`}
            hint={t`Which one, its number, and that you have seen it`}
            value={typed.document}
            onChange={(document) => change({ document })}
            error={missing(typed.document, t`Name the document`)}
          />
        </>
      )}
    </>
  )
}

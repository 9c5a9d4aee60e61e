import { Trans } from '@lingui/react/macro'
import type { CarerIllness, SetOff } from '#domain/plan/worse/carer-ill.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'

/** Exactly what was set off, and apart from that what nobody can do. */
export function SetOffList({ illness: { setOff } }: Readonly<{ illness: CarerIllness }>) {
  const nobody = setOff.filter(({ who }) => who === '')
  return (
    <div>
      <h3>
        <Trans>What happens now</Trans>
      </h3>
      <ol className="worse-list">
        {setOff
          .filter(({ who }) => who !== '')
          .map((item) => (
            <li key={item.task}>
              <p>
                <strong>{item.what}</strong>
              </p>
              <p>
                <Whose item={item} />
              </p>
            </li>
          ))}
      </ol>
      {nobody.length > 0 ? (
        <>
          <h3>
            <Trans>What nobody can do yet</Trans>
          </h3>
          <ul className="worse-list">
            {nobody.map((item) => (
              <li key={item.task} className="is-missing">
                <p>
                  <strong>{item.what}</strong>
                </p>
                <p>
                  <StateMark state="missing">
                    {item.owner?.name ? (
                      <Trans>Nobody yet. {item.owner.name} looks for somebody</Trans>
                    ) : (
                      <Trans>Nobody yet</Trans>
                    )}
                  </StateMark>
                </p>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

function Whose({ item: { who, phone, owner } }: { item: SetOff }) {
  return (
    <StateMark state="due">
      {owner?.name && owner.name !== who ? (
        <Trans>
          {owner.name} asks {who}
        </Trans>
      ) : (
        who
      )}
      {phone ? (
        <>
          , <PhoneLink number={phone} />
        </>
      ) : null}
    </StateMark>
  )
}

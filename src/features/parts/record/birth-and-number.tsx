import { Trans } from '@lingui/react/macro'
import { DateText } from '#ui/text/date-text.tsx'
import { NhsNumber } from './nhs-number.tsx'

/** Birth date and NHS number, which distinguish two people of the same name in a list; says what is not known. */
export function BirthAndNumber({
  birthDate,
  nhsNumber,
}: Readonly<{ birthDate?: string | undefined; nhsNumber?: string | undefined }>) {
  return (
    <>
      <span>
        {birthDate ? (
          <Trans>
            Born <DateText date={birthDate} />
          </Trans>
        ) : (
          <Trans>Birth date not known</Trans>
        )}
      </span>
      <span>
        <NhsNumber value={nhsNumber} />
      </span>
    </>
  )
}

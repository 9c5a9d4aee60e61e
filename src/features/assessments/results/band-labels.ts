import { useLingui } from '@lingui/react/macro'
import { instruments } from '#domain/assessment/instruments.ts'

export type BandLabels = Readonly<{ name: string; meaning: string }>

/** Names and meanings of the bands of our instruments. Undefined for a band without a text here. */
export function useBandLabels(): (url: string, band: string | undefined) => BandLabels | undefined {
  const { t } = useLingui()
  const prisma7: Readonly<Record<string, BandLabels>> = {
    'no-further-review': {
      name: t`No further review suggested`,
      meaning: t`Fewer than three “yes” answers. They do not suggest frailty that needs a closer look now.`,
    },
    'further-review': {
      name: t`Look more closely`,
      meaning: t`Three or more “yes” answers. This may be frailty, so a further review is advised. It is not a diagnosis.`,
    },
  }
  const phq9: Readonly<Record<string, BandLabels>> = {
    minimal: {
      name: t`Few or no signs of low mood`,
      meaning: t`The answers show few or no signs of depression in the last two weeks.`,
    },
    mild: {
      name: t`Mild`,
      meaning: t`Some signs of low mood in the last two weeks. Ask again later, and ask what would help.`,
    },
    moderate: {
      name: t`Moderate`,
      meaning: t`Signs of low mood that need a conversation. Talk about support.`,
    },
    'moderately-severe': {
      name: t`Moderately severe`,
      meaning: t`Many signs of low mood. Talk about support and treatment soon.`,
    },
    severe: {
      name: t`Severe`,
      meaning: t`Many signs of low mood on most days. Support and treatment are needed now.`,
    },
  }
  const byUrl: Readonly<Record<string, Readonly<Record<string, BandLabels>>>> = {
    [instruments.prisma7.url]: prisma7,
    [instruments.phq9.url]: phq9,
  }
  return (url, band) => (band === undefined ? undefined : byUrl[url]?.[band])
}

import type { Form } from '#domain/assessment/form.ts'

type Asked = Readonly<{ url: string; version: string }>

/** The version of a questionnaire that answers are of; undefined if it is not here. Without a version, the newest. */
export function formOfAnswers(forms: readonly Form[], { url, version }: Asked): Form | undefined {
  const same = forms.filter((each) => each.url === url)
  if (version) return same.find((each) => each.version === version)
  return same.find((each) => !each.retired) ?? same[0]
}

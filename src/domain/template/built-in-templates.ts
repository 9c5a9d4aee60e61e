import { conditionTemplates } from './condition-templates.ts'
import { situationTemplates } from './situation-templates.ts'
import type { Template } from './template.ts'

/** Every template that comes with the product. */
export const builtInTemplates: readonly Template[] = [...conditionTemplates, ...situationTemplates]

export const templateNamed = (id: string): Template | undefined =>
  builtInTemplates.find((each) => each.id === id)

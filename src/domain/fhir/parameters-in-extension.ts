import type { Extension, ParametersParameter } from '@medplum/fhirtypes'
import type { Codec } from './parameters.ts'

/** The parts of an extension, with the names and values that an operation’s parameters have. */
export const parametersInExtension = {
  write: <T>(codec: Codec<T>, content: T): readonly Extension[] =>
    (codec.write(content).parameter ?? []).flatMap(extensionFrom),
  read: <T>(codec: Codec<T>, parts: readonly Extension[]): T =>
    codec.read({ resourceType: 'Parameters', parameter: parts.map(parameterFrom) }),
}

function extensionFrom({ name, part, ...value }: ParametersParameter): readonly Extension[] {
  if (!part) return [{ url: name, ...value } as Extension]
  const extension = part.flatMap(extensionFrom)
  return extension.length > 0 ? [{ url: name, extension }] : []
}

const parameterFrom = ({ url, extension, ...value }: Extension): ParametersParameter =>
  ({
    ...{ name: url, ...value },
    ...(extension ? { part: extension.map(parameterFrom) } : {}),
  }) as ParametersParameter

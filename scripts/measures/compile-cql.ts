import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { SystemModelInfoProvider } from '@cqframework/cql/cql'
import {
  CqlTranslator,
  createLibrarySourceProvider,
  createModelInfoProvider,
  createUcumService,
  LibraryManager,
  ModelManager,
  stringAsSource,
} from '@cqframework/cql/cql-to-elm'

const modelInfo = createRequire(import.meta.url)
  .resolve('cql-exec-fhir')
  .replace(/index\.js$/, 'modelInfos/fhir-modelinfo-4.0.1.xml')

const refused = () => {
  throw new Error('No conversion of units is needed to compile')
}

/** Compiles one CQL library to ELM. Throws with every fault that the compiler names. `sources`: what it may include. */
export function compileCql(text: string, sources: ReadonlyMap<string, string> = new Map()): unknown {
  const models = new ModelManager(undefined, true)
  models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider())
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((name) =>
      name === 'FHIR' ? stringAsSource(readFileSync(modelInfo, 'utf8')) : null,
    ),
  )
  const units = createUcumService(refused, () => null, refused, refused)
  const libraries = new LibraryManager(models, undefined, undefined, units)
  libraries.librarySourceLoader.registerProvider(
    createLibrarySourceProvider((name) => {
      const found = sources.get(name)
      return found === undefined ? null : stringAsSource(found)
    }),
  )
  const translator = CqlTranslator.fromText(text, libraries)
  const faults = translator.errors.asJsReadonlyArrayView().map((each) => String(each.message))
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return JSON.parse(translator.toJson())
}

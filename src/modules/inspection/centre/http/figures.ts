/** Routes of figures, readers, projected pictures and settings. */
import { Type } from 'typebox'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import type { Deps } from '#platform/module.ts'
import { tag } from '../../http/shared.ts'
import { CentreSetting } from '../../schema/case.ts'
import { Board, BoardReaders, ConcordanceView, DriftView, PersonFigures, ReaderProfile } from '../../schema/figures.ts'
import { ImportReadings, PastReadings, ReadingsImported } from '../../schema/past.ts'
import { Column } from '../../schema/subject.ts'
import { NewTipItem, TipLibrary, TipRateBody } from '../../schema/tip.ts'
import { readBoard, readConcordance, readDrift, readPeople } from '../service/figures.ts'
import { importReadings } from '../service/past.ts'
import { addTipItem, keepRate, keepReader } from '../service/people.ts'
import { keepSetting, listSettings, stopAutoClear } from '../service/settings.ts'
import { listPastReadings, listRates, listTipItems } from '../store/trials.ts'

const closed = { additionalProperties: false } as const
const InColumn = Type.Object({ column: Column }, closed)
const Office = Type.Object({ office: Type.String({ minLength: 1, maxLength: 20 }) })
/**
 * The table of teams is for everybody who reads: it counts images whose truth is known. Figures of single people are for whoever answers for
 * them, and so is what counts images that somebody still has to read blind.
 */
const board = 'inspection:board:read'
const figures = 'inspection:figures:read'

const readings = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/board',
    permission: board,
    summary: 'Machine, senior and intermediate team over the same items of one column: of people, or of invented readings',
    tag,
    query: Type.Object({ column: Column, readers: Type.Optional(BoardReaders) }, closed),
    out: Board,
    handler: ({ query, principal }) => readBoard(deps.sql, query.column, query.readers ?? null, principal.permissions.has(figures)),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/readers',
    permission: figures,
    summary: 'Readers with their figures of one column',
    tag,
    query: InColumn,
    out: Type.Array(PersonFigures),
    handler: ({ query }) => readPeople(deps.sql, query.column),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/concordance',
    permission: figures,
    summary: 'Machine, first reader, second reader and opened bag against each other',
    tag,
    query: InColumn,
    out: ConcordanceView,
    handler: ({ query }) => readConcordance(deps.sql, query.column),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/drift',
    permission: figures,
    summary: 'Alarm rate by day with control limits, and shift of the scores',
    tag,
    query: InColumn,
    out: DriftView,
    handler: ({ query, now }) => readDrift(deps.sql, query.column, now),
  }),
]

const keeping = (deps: Deps): Route[] => [
  route({
    method: 'POST',
    path: '/api/inspection/readers',
    permission: 'inspection:reader:manage',
    summary: 'Team and training of a reader',
    tag,
    body: ReaderProfile,
    out: ReaderProfile,
    handler: (x) => keepReader(deps, askingOf(x), x.body),
  }),
  route({
    method: 'GET',
    path: '/api/inspection/tip',
    permission: 'inspection:tip:manage',
    summary: 'The library of projected pictures and how often they are shown',
    tag,
    out: TipLibrary,
    handler: async () => ({ items: await listTipItems(deps.sql), rates: await listRates(deps.sql) }),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/tip/items',
    permission: 'inspection:tip:manage',
    summary: 'Take a stored image with a projected object into the library',
    tag,
    body: NewTipItem,
    out: Type.Object({ id: Type.String() }),
    successStatus: 201,
    handler: (x) => addTipItem(deps, askingOf(x), x.body),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/tip/rates',
    permission: 'inspection:tip:manage',
    summary: 'How often a category is shown in a shift',
    tag,
    body: TipRateBody,
    out: TipRateBody,
    handler: (x) => keepRate(deps, askingOf(x), x.body),
  }),
]

const past = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/past-readings',
    permission: figures,
    summary: 'Which readings were made elsewhere and imported, by source',
    tag,
    out: PastReadings,
    handler: () => listPastReadings(deps.sql),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/past-readings',
    permission: 'inspection:reading:import',
    summary: 'Import readings of the library’s pictures from CSV, one row a reading; invented ones are marked and shown apart from people',
    tag,
    body: ImportReadings,
    bodyLimitBytes: 6 * 1024 * 1024,
    out: ReadingsImported,
    successStatus: 201,
    handler: (x) => importReadings(deps, askingOf(x), x.body),
  }),
]

const settings = (deps: Deps): Route[] => [
  route({
    method: 'GET',
    path: '/api/inspection/settings',
    permission: figures,
    summary: 'How each office weighs and draws, and when it was last heard of',
    tag,
    out: Type.Array(Type.Object({ office: Type.String(), setting: CentreSetting, heardAt: Type.Union([Type.String(), Type.Null()]) })),
    handler: () => listSettings(deps.sql),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/settings/:office',
    permission: 'inspection:setting:manage',
    summary: 'Change how an office weighs and draws',
    tag,
    params: Office,
    body: CentreSetting,
    out: CentreSetting,
    handler: (x) => keepSetting(deps, askingOf(x), x.params.office, x.body),
  }),
  route({
    method: 'POST',
    path: '/api/inspection/settings/:office/stop-auto-clear',
    permission: 'inspection:setting:manage',
    summary: 'From now on nothing passes that no person has looked at',
    tag,
    params: Office,
    out: CentreSetting,
    handler: (x) => stopAutoClear(deps, askingOf(x), x.params.office),
  }),
]

export const figureRoutes = (deps: Deps): Route[] => [...readings(deps), ...keeping(deps), ...past(deps), ...settings(deps)]

/** Routes of models: the registry, training, drift, one step back. Which one scores is decided by a proposal and its approval. */
import { Type } from 'typebox'
import { error } from '#kernel/issue.ts'
import { refuse } from '#kernel/outcome.ts'
import { askingOf } from '#platform/command.ts'
import { route, type Route } from '#platform/http.ts'
import { DriftRow, ModelRow, ModelView, TrainAsk, Training } from '../schema.ts'
import { measureDrift } from '../service/drift.ts'
import type { Risk } from '../service/live.ts'
import { askTraining } from '../service/retraining.ts'
import { rollBack } from '../service/rollback.ts'
import { findModel, findTraining, listModels, listTrainings, reignsOf } from '../store/models.ts'
import { closed, Id, tag } from './shared.ts'

const read = 'risk:model:read' as const
const Hash = Type.Object({ hash: Type.String({ pattern: '^[0-9a-f]{64}$' }) })

const registry = (r: Risk): Route[] => [
  route({
    method: 'GET',
    path: '/api/risk/models',
    permission: read,
    summary: 'Models: the champion that scores, the challenger in shadow, candidates and retired ones',
    tag,
    out: Type.Array(ModelRow),
    handler: () => listModels(r.deps.sql),
  }),
  route({
    method: 'GET',
    path: '/api/risk/models/:hash',
    permission: read,
    summary: 'One model with its card and the times it reigned',
    tag,
    params: Hash,
    out: ModelView,
    handler: async ({ params }) => {
      const found = await findModel(r.deps.sql, params.hash)
      return found
        ? { ...found.row, card: found.card, reigns: await reignsOf(r.deps.sql, params.hash) }
        : refuse(error('risk.model_unknown', '/hash', params))
    },
  }),
  route({
    method: 'GET',
    path: '/api/risk/models/:hash/drift',
    permission: read,
    summary: 'How far the last thirty days have moved from what a model was trained on',
    tag,
    params: Hash,
    out: Type.Array(DriftRow),
    handler: async ({ params }) => (await measureDrift(r, params.hash)) ?? refuse(error('risk.model_unknown', '/hash', params)),
  }),
  route({
    method: 'POST',
    path: '/api/risk/models/rollback',
    permission: 'risk:model:rollback',
    summary: 'Bring back the champion before this one',
    tag,
    body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000 }) }, closed),
    out: Type.Object({ from: Type.String(), to: Type.String() }, closed),
    handler: (x) => rollBack(r, askingOf(x), x.body.reason),
  }),
]

const trainings = (r: Risk): Route[] => [
  route({
    method: 'POST',
    path: '/api/risk/trainings',
    permission: 'risk:model:train',
    summary: 'Learn a model from what examinations found; runs in the background',
    tag,
    body: TrainAsk,
    out: Training,
    successStatus: 202,
    handler: (x) => askTraining(r, askingOf(x), x.body),
  }),
  route({
    method: 'GET',
    path: '/api/risk/trainings',
    permission: read,
    summary: 'Trainings, newest first',
    tag,
    out: Type.Array(Training),
    handler: () => listTrainings(r.deps.sql),
  }),
  route({
    method: 'GET',
    path: '/api/risk/trainings/:id',
    permission: read,
    summary: 'How far a training is, and the model that came of it',
    tag,
    params: Id,
    out: Training,
    handler: async ({ params }) => (await findTraining(r.deps.sql, params.id)) ?? refuse(error('risk.training_unknown', '/id', params)),
  }),
]

export const modelRoutes = (r: Risk): Route[] => [...registry(r), ...trainings(r)]

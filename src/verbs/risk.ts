import { parseArgs } from 'node:util'
import { error } from '#kernel/issue.ts'
import { explain, fields, readModel, roles, score, train, writeModel, type Role, type TrainOptions } from '#modules/risk'
import { runBacktest } from './risk-backtest.ts'
import { lines, readTable, readTables, refusal, remark } from './risk-input.ts'
import { answer, say, type Help } from './verb.ts'

export const help: Help = {
  usage:
    'risk train --data CSV [--data CSV …] --label COLUMN --positive VALUE --out DIR [--seed N] [--weight COLUMN] [--positive-weight N] [--role COLUMN=ROLE …] [--monotone COLUMN=+1|-1 …] · risk score --model DIR --data CSV · risk explain --model DIR --data CSV [--row N] · risk backtest PROFILE … --data CSV [--data CSV …] [--label COLUMN --positive VALUE] [--currency CODE] · risk fields',
  summary:
    'learns from examined declarations and writes a model with its card; ranks other declarations by it (score: log odds; rows count from 1, in order); tells in words what a score rests on; tells what profiles (text or JSON) would have hit in the past and what was found there',
  example: './bin/portcullis risk train --data declarations.csv --label Fraud --positive 1 --out model',
}

const usage = (sentence: string): number => {
  say(`${sentence} Usage: portcullis ${help.usage}`)
  return 2
}

const pairs = (words: readonly string[]): [string, string][] =>
  words.map((w) => {
    const at = w.lastIndexOf('=')
    return at < 0 ? [w, ''] : [w.slice(0, at), w.slice(at + 1)]
  })

type Flags = {
  data?: string[]
  label?: string
  positive?: string
  out?: string
  seed?: string
  model?: string
  row?: string
  weight?: string
  'positive-weight'?: string
  role?: string[]
  monotone?: string[]
  currency?: string
}

const trainOptions = (flags: Flags): TrainOptions | string => {
  const given = pairs(flags.role ?? [])
  const constraints = pairs(flags.monotone ?? [])
  const badRole = given.find(([, role]) => !(roles as readonly string[]).includes(role))
  if (badRole) return `--role ${badRole[0]}=${badRole[1]}: the role must be one of ${roles.join(', ')}.`
  const badWay = constraints.find(([, way]) => !['+1', '1', '-1'].includes(way))
  if (badWay) return `--monotone ${badWay[0]}=${badWay[1]}: write COLUMN=+1 (may only raise the risk) or COLUMN=-1.`
  if (!/^\d{1,9}$/.test(flags.seed ?? '1')) return '--seed must be a whole number of at most nine digits.'
  const positiveWeight = Number(flags['positive-weight'] ?? 1)
  if (!(positiveWeight > 0 && positiveWeight <= 1e6)) return '--positive-weight must be a number above 0.'
  return {
    label: flags.label!,
    positive: flags.positive!,
    seed: Number(flags.seed ?? 1),
    positiveWeight,
    ...(flags.weight !== undefined && { weight: flags.weight }),
    roles: Object.fromEntries(given) as Record<string, Role>,
    monotone: Object.fromEntries(constraints.map(([name, way]) => [name, way === '-1' ? -1 : 1])),
  }
}

const runTrain = async (flags: Flags): Promise<number> => {
  for (const name of ['data', 'label', 'positive', 'out'] as const) if (!flags[name]?.length) return usage(`risk train: --${name} is missing.`)
  const options = trainOptions(flags)
  if (typeof options === 'string') return usage(`risk train: ${options}`)
  const began = performance.now()
  const table = readTables(flags.data!)
  if (!table.ok) return refusal(table.issues)
  remark(table.issues)
  say(`${table.value.rows} rows read; training on two threads`)
  const trained = await train(table.value, options)
  if (!trained.ok) return refusal(trained.issues)
  remark(trained.issues)
  const { model, card } = trained.value
  writeModel(flags.out!, model, card)
  for (const warning of card.warnings) say(`Beware: ${warning}`)
  const { rows, positives } = card.trainedOn
  const { auc, averagePrecision, atCut, n, how } = card.heldBack
  answer({
    ok: true,
    model: flags.out,
    hash: card.hash,
    rows,
    positives,
    trees: card.trees,
    features: model.recipe.features.length,
    heldBack: { how, n, auc, averagePrecision, ...Object.fromEntries(atCut.map((c) => [`precisionAt${c.percent}`, c.precision])) },
    seconds: Math.round(performance.now() - began) / 1000,
  })
  return 0
}

const runScore = (flags: Flags): number => {
  if (flags.data?.length !== 1) return usage('risk score: name one file by --data.')
  const model = readModel(flags.model!)
  if (!model.ok) return refusal(model.issues)
  const table = readTable(flags.data[0]!)
  if (!table.ok) return refusal(table.issues)
  const scored = score(model.value.model, table.value)
  if (!scored.ok) return refusal(scored.issues)
  const { margins, probabilities } = scored.value
  lines(Array.from(margins, (margin, r) => ({ row: r + 1, score: margin, probability: Number(probabilities[r]!.toPrecision(6)) })))
  return 0
}

const runExplain = (flags: Flags): number => {
  if (flags.data?.length !== 1) return usage('risk explain: name one file by --data.')
  const model = readModel(flags.model!)
  if (!model.ok) return refusal(model.issues)
  const table = readTable(flags.data[0]!)
  if (!table.ok) return refusal(table.issues)
  const { rows } = table.value
  if (flags.row !== undefined && !(/^[1-9]\d{0,8}$/.test(flags.row) && Number(flags.row) <= rows))
    return refusal([error('risk.row_unknown', '', { row: flags.row, rows })])
  const wanted = flags.row === undefined ? Array.from({ length: rows }, (_, r) => r) : [Number(flags.row) - 1]
  const explained = explain(model.value.model, table.value, wanted)
  if (!explained.ok) return refusal(explained.issues)
  lines(explained.value)
  return 0
}

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const

const parse = (args: string[]): { words: string[]; flags: Flags } | string => {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: texts,
        label: text,
        positive: text,
        out: text,
        seed: text,
        model: text,
        row: text,
        weight: text,
        'positive-weight': text,
        role: texts,
        monotone: texts,
        currency: text,
      },
    })
    return { words: positionals, flags: values }
  } catch (fault) {
    return (fault as Error).message
  }
}

/** Exit code 0 when done, 1 when the data or the model was refused (the line names the column), 2 when it could not run. */
export const run = async (args: string[]): Promise<number> => {
  const parsed = parse(args)
  if (typeof parsed === 'string') return usage(parsed)
  const { words, flags } = parsed
  if ((words[0] === 'score' || words[0] === 'explain') && flags.model === undefined) return usage(`risk ${words[0]}: --model is missing.`)
  switch (words[0]) {
    case 'train':
      return runTrain(flags)
    case 'score':
      return runScore(flags)
    case 'explain':
      return runExplain(flags)
    case 'fields':
      lines(fields)
      return 0
    case 'backtest':
      if (words.length < 2) return usage('risk backtest: name a file with a profile.')
      if (!flags.data?.length) return usage('risk backtest: --data is missing.')
      return runBacktest(words.slice(1), flags)
    default:
      return usage(words[0] ? `There is no "risk ${words[0]}".` : 'Say what to do.')
  }
}

import { forms } from '../forms.ts'

const zh = (key: string, other: string) => forms(key, 'zh', other)

export default {
  today: {
    title: '今日', new: '新建报关单', todo: '等您处理', nothing: '没有等您处理的事项', nothingText: '需要您处理的事项会自动出现在这里。',
    action: { 'present-goods': '货物到达后申报到货', 'correct-and-lodge-again': '更正后重新申报', 'amend-after-control': '请修改：查验发现差异', pay: '缴纳税费' },
    do: { 'present-goods': '申报到货', 'correct-and-lodge-again': '更正', 'amend-after-control': '修改', pay: '缴款' },
    ...zh('errors', '{{count}} 个原因'), counts: '概览', waits: { trader: '等您处理', officer: '关员处理中', examiner: '查验中', agency: '其他部门处理中' }, oldest: '始于{{age}}',
    released: '今日放行', drafts: '草稿', unread: '未读消息', latest: '最新消息', latestNone: '尚无消息', all: '全部消息', draftsHead: '待续草稿', draftsNone: '没有草稿', untitled: '未命名草稿', allDrafts: '全部草稿', ...zh('more', '另有 {{count}} 项'),
  },
  list: {
    title: '报关单', caption: '报关单', lane: '通道', mrn: 'MRN', lrn: 'LRN', trader: '企业', regime: '进出口', status: '状态', turn: '轮到', since: '自', lines: '项数', value: '完税价格', due: '税费', lodged: '申报时间', released: '放行时间', office: '海关', declarant: '申报人', version: '版本', search: 'MRN、LRN、企业、商品编码', from: '申报起', to: '申报止',
    viewAll: '全部', viewMine: '等您处理', viewControl: '监管中', viewPay: '待缴款', viewReleased: '已放行', viewRejected: '已拒绝', empty: '尚无报关单', emptyText: '您申报的单证及其全部进展会显示在这里。',
  },
  drafts: { title: '草稿', caption: '草稿', name: '草稿', lrn: 'LRN', trader: '企业', lines: '项数', changed: '保存时间', begun: '开始时间', remove: '丢弃', removeAsk: '丢弃这些草稿？', ...zh('removeText', '{{count}} 份草稿将永久删除。'), ...zh('removed', '已丢弃 {{count}} 份草稿'), empty: '没有草稿', emptyText: '开始填写的报关单会保存在这里，直到您申报。' },
  inbox: {
    title: '收件箱', all: '全部', unread: '未读', filter: '显示', code: '消息类型', anyCode: '所有类型', mrn: 'MRN', from: '从编号重新读取', ...zh('unreadNow', '{{count}} 条未读'), acknowledge: '确认至此', ...zh('acknowledged', '已确认 {{count}} 条消息'), acknowledgeAll: '全部确认', number: '第 {{number}} 号', new: '未读', empty: '没有消息', emptyText: '海关在报关单的每一步都会在此发消息。', noneUnread: '已全部阅读', noneFit: '没有符合的消息', showAll: '显示全部', older: '更早', newer: '更新', latest: '最新', replay: '读取自', ...zh('news', '{{count}} 条新消息'), open: '打开报关单', list: '海关消息', range: '第 {{from}} 至 {{to}} 号，共 {{total}}',
    go: { pay: '缴款', correct: '查看需更正之处', look: '查看税费', control: '查看查验', other: '打开报关单' },
  },
  mandates: { title: '授权', given: '谁可代您办理', received: '您可代谁办理', give: '授予授权', giveTitle: '允许他人代您办理', giveText: '在您选择的范围内，对方可以您的名义申报、修改和缴款，直到您终止。', to: '代理人', toHint: '按名称或注册号查找', scope: '范围', scopes: { import: '进口', export: '出口', all: '全部' }, from: '起', until: '止', open: '无期限', status: { coming: '未生效', 'in-force': '有效', over: '已终止' }, party: '企业', end: '终止', endTitle: '终止此授权？', endText: '{{name}} 从现在起不能再代 {{client}} 办理。已申报的不受影响。', ended: '授权已终止', wasGiven: '授权已授予', noneGiven: '无人代您办理', noneReceived: '您只为自己办理', noneText: '授权由被代理企业授予。', validity: '有效期', none: '没有授权' },
}

export default { audit: '日志', cash: '收款台', examinations: '查验', exit: '出境', organisations: '企业', people: '人员', work: '工作' }

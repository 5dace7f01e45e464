/** 浏览器自身产生的问题。 */
export default {
  'network.unreachable': { text: '无法连接服务器。', fix: '您的输入已保留。网络恢复后请重试。' },
  'form.required': { text: '此栏为空。', fix: '请填写。' },
  'form.not_a_number': { text: '“{{value}}”不是数字。', fix: '请输入数字，最多一个小数点。' },
  'form.does_not_fit': { text: '填写格式不符合此栏要求。', fix: '请选择一个建议，或查看代码的格式。' },
  'form.too_long': { text: '内容过长：{{length}}个字符，上限{{maximum}}个。', fix: '请缩短。' },
  'form.code_unknown': { text: '“{{value}}”不在列表中。', fix: '请从建议中选择。' },
  'form.file_too_large': { text: '{{name}}过大。', fix: '上限为{{limit}}。' },
  'form.file_kind': { text: '{{name}}不是所需类型的文件。', fix: '请选择以下类型之一：{{kinds}}。' },
}

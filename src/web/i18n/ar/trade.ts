import { forms } from '../forms.ts'

const ar = (key: string, text: string) => forms(key, 'ar', text)

export default {
  today: {
    title: 'اليوم', new: 'بيان جديد', todo: 'ما ينتظرك', nothing: 'لا شيء ينتظرك', nothingText: 'ما عليك فعله يظهر هنا تلقائيا.',
    action: { 'present-goods': 'قدّم البضائع عند وصولها', 'correct-and-lodge-again': 'صحّح البيان وقدّمه من جديد', 'amend-after-control': 'عدّل البيان: وجدت الرقابة اختلافا', pay: 'ادفع الرسوم' },
    do: { 'present-goods': 'تقديم', 'correct-and-lodge-again': 'تصحيح', 'amend-after-control': 'تعديل', pay: 'دفع' },
    ...ar('errors', 'عدد الأسباب: {{count}}'), counts: 'نظرة سريعة', waits: { trader: 'تنتظرك', officer: 'لدى موظف', examiner: 'قيد المعاينة', agency: 'لدى جهة أخرى' }, oldest: 'منذ {{age}}',
    released: 'فُسحت اليوم', drafts: 'المسودات', unread: 'رسائل غير مقروءة', latest: 'أحدث الرسائل', latestNone: 'لا رسائل بعد', all: 'كل الرسائل', draftsHead: 'مسودات للمتابعة', draftsNone: 'لا مسودات', untitled: 'مسودة بلا اسم بعد', allDrafts: 'كل المسودات', ...ar('more', 'والمزيد: {{count}}'),
  },
  list: {
    title: 'البيانات', caption: 'البيانات', lane: 'المسار', mrn: 'MRN', lrn: 'LRN', trader: 'المتعامل', regime: 'النوع', status: 'الحالة', turn: 'الدور', since: 'منذ', lines: 'البنود', value: 'القيمة الجمركية', due: 'الرسوم', lodged: 'قُدّم', released: 'الفسح', office: 'المكتب', declarant: 'المصرّح', version: 'الإصدار', search: 'MRN أو LRN أو متعامل أو رمز', from: 'قُدّم من', to: 'قُدّم إلى',
    viewAll: 'الكل', viewMine: 'تنتظرك', viewControl: 'قيد الرقابة', viewPay: 'للدفع', viewReleased: 'مفسوحة', viewRejected: 'مرفوضة', empty: 'لا بيانات بعد', emptyText: 'ما تقدّمه يظهر هنا مع كل ما يجري عليه.',
  },
  drafts: { title: 'المسودات', caption: 'المسودات', name: 'المسودة', lrn: 'LRN', trader: 'المتعامل', lines: 'البنود', changed: 'حُفظت', begun: 'بدأت', remove: 'حذف', removeAsk: 'حذف هذه المسودات؟', ...ar('removeText', 'تُحذف نهائيا، العدد: {{count}}.'), ...ar('removed', 'المسودات المحذوفة: {{count}}'), empty: 'لا مسودات', emptyText: 'البيان الذي تبدأه يُحفظ هنا حتى تقدّمه.' },
  inbox: {
    title: 'الوارد', all: 'الكل', unread: 'غير مقروءة', filter: 'عرض', code: 'نوع الرسالة', anyCode: 'كل الأنواع', mrn: 'MRN', from: 'القراءة من جديد من الرقم', ...ar('unreadNow', 'غير المقروءة: {{count}}'), acknowledge: 'إقرار الاستلام حتى هنا', ...ar('acknowledged', 'رسائل أُقرّ استلامها: {{count}}'), acknowledgeAll: 'إقرار استلام الكل', number: 'رقم {{number}}', new: 'غير مقروءة', empty: 'لا رسائل', emptyText: 'تكتب الجمارك هنا عند كل خطوة من البيان.', noneUnread: 'كل شيء مقروء', noneFit: 'لا رسالة مطابقة', showAll: 'عرض الكل', older: 'أقدم', newer: 'أحدث', latest: 'إلى الأحدث', replay: 'القراءة من', ...ar('news', 'جديد: {{count}}'), open: 'فتح البيان', list: 'رسائل الجمارك', range: 'رقم {{from}} إلى {{to}} من {{total}}',
    go: { pay: 'دفع', correct: 'ما يجب تصحيحه', look: 'عرض الرسوم', control: 'عرض الرقابة', other: 'فتح البيان' },
  },
  mandates: { title: 'التفويضات', given: 'من يعمل عنك', received: 'عمّن تعمل', give: 'منح تفويض', giveTitle: 'السماح لغيرك بالعمل عنك', giveText: 'يجوز له التقديم والتعديل والدفع باسمك ضمن ما تختاره إلى أن تنهيه.', to: 'الممثل', toHint: 'ابحث بالاسم أو رقم التسجيل', scope: 'النطاق', scopes: { import: 'الواردات', export: 'الصادرات', all: 'الكل' }, from: 'من', until: 'حتى', open: 'دون نهاية', status: { coming: 'قادم', 'in-force': 'ساري', over: 'منتهٍ' }, party: 'المنشأة', end: 'إنهاء', endTitle: 'إنهاء هذا التفويض؟', endText: 'لا يجوز لـ {{name}} العمل عن {{client}} بعد الآن. وما قُدّم يبقى.', ended: 'انتهى التفويض', wasGiven: 'مُنح التفويض', noneGiven: 'لا أحد يعمل عنك', noneReceived: 'لا تعمل إلا عن نفسك', noneText: 'يمنح التفويض المنشأة الممثَّلة.', validity: 'الصلاحية', none: 'لا تفويضات' },
}

export default { title: 'Kit' } as const

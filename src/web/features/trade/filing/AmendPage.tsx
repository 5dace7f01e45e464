const AmendPage = () => null
export default AmendPage

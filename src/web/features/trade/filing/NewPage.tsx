const NewPage = () => null
export default NewPage

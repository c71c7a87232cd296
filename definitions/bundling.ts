/** For Botpress' build and for ours. Package names only, because paths would depend on the folder. */
export const bundling = {
  // form-data requires what we import. Without this condition, the bundle has mrmime twice. It also changes three modules of
  // get-intrinsic, which only a look-up of asynchronous and generator functions would call.
  conditions: ['import'],
  alias: {
    // form-data looks up file types in 137 KB of tables. We always name the type, so mrmime's small table is enough.
    'mime-types': 'mrmime',
    // Botpress' client requires axios and we import it. Without the alias, the bundle has two copies of 85 KB.
    axios: 'axios/unsafe/axios.js',
  },
}

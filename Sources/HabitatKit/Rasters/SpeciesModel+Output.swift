import Reclassification

extension SpeciesModel {
  /// The name under which a run keeps the file of a model: its very bytes, so that their digest is the
  /// one of the record and `--model` takes it to run the same model again.
  static func outputName(of species: String) -> String { "\(species)_model.json" }

  /// Whether it is none of those that come with the program.
  var isOwn: Bool {
    (try? SpeciesModel.builtIn(named: species))?.sha256 != sha256
  }
}

/// What a program may throw over a document.
struct Refusal: Error, Hashable {
  let slug: String
  let what: String
  let location: String
  let fix: String

  init(_ slug: String, _ what: String, _ location: String, _ fix: String) {
    (self.slug, self.what, self.location, self.fix) = (slug, what, location, fix)
  }
}

import Foundation
public import RasterCore
import RemoteFiles
import Synchronization

/// The files on servers that this process reads, each opened once and shared by all that name it.
public enum RemoteSources {
  /// How they are read; of the whole process, as GDAL's settings are.
  public struct Settings: Hashable, Sendable {
    /// The folder of the cache; `nil` is `$HABITAT_CACHE`, else the user's folder for such things.
    public var cache: String?
    /// Nothing is asked of servers: what the cache lacks is missing.
    public var isOffline: Bool
    /// The program that asks, as servers see it (the header User-Agent).
    public var agent: String

    public init(cache: String? = nil, isOffline: Bool = false, agent: String = "habitat") {
      (self.cache, self.isOffline, self.agent) = (cache, isOffline, agent)
    }

    /// The folder of the cache, be it there or not.
    public var folder: String { cache ?? RangeCache.standardFolder }
  }

  private struct State {
    var settings = Settings()
    var sources: [String: RemoteSource] = [:]
    var fetcher: RangeFetcher?
  }
  private static let state = Mutex(State())
  /// Whether a path of the user's is on the network: until then only what is permitted is opened.
  static let isOpen = Atomic<Bool>(false)
  private static let permitted = Mutex<Set<String>>([])

  /// Lets single files be read where the network is else not open, such as the tiles of a product that a user has named.
  public static func permit(_ paths: some Sequence<String>) {
    let addresses = paths.compactMap { address(in: $0)?.url }
    permitted.withLock { $0.formUnion(addresses) }
  }

  static func isPermitted(_ address: RemoteAddress) -> Bool {
    isOpen.load(ordering: .relaxed) || permitted.withLock { $0.contains(address.url) }
  }
  /// One set for the process, for connections are kept open by their number.
  private static let connections = Connections()

  public static var settings: Settings { state.withLock { $0.settings } }

  /// Files that are opened from now on are read so.
  public static func use(_ settings: Settings) {
    state.withLock { state in
      guard settings != state.settings else { return }
      (state.settings, state.sources, state.fetcher) = (settings, [:], nil)
    }
  }

  /// Those that have failed may be tried once more, by the next run.
  static func forgetFailures() {
    state.withLock { state in
      state.sources = state.sources.filter { $0.value.failure == nil }
    }
  }

  /// File systems whose files are read here.
  enum System: Int, CaseIterable, Sendable {
    case curl = 1
    case https, http, bucket

    var prefix: StaticString {
      switch self {
      case .curl: "/vsicurl/"
      case .https: "https://"
      case .http: "http://"
      case .bucket: "s3://"
      }
    }

    /// - Parameter name: what follows the prefix.
    func address(of name: String) -> RemoteAddress? {
      switch self {
      case .curl: RemoteAddress(url: name)
      case .https, .http: RemoteAddress(url: "\(prefix)\(name)")
      case .bucket: RemoteAddress(bucket: "\(prefix)\(name)")
      }
    }
  }

  /// The file at an address, which nobody has asked the server for yet.
  static func source(at address: RemoteAddress) -> RemoteSource {
    state.withLock { state in
      if let known = state.sources[address.url] { return known }
      let fetcher =
        state.fetcher
        ?? RangeFetcher(
          HTTPTransport.transport(agent: state.settings.agent), connections: connections)
      let source = RemoteSource(
        address, cache: RangeCache(folder: state.settings.folder), fetcher: fetcher,
        isOffline: state.settings.isOffline)
      state.fetcher = fetcher
      state.sources[address.url] = source
      return source
    }
  }

  /// The file that a path names, or that the archive in it is; `nil` where that is none of those read here.
  static func source(in path: String) -> RemoteSource? {
    address(in: path).map(source)
  }

  static func address(in path: String) -> RemoteAddress? {
    let found = System.allCases.compactMap { system in
      path.range(of: "\(system.prefix)").map { (system, $0) }
    }
    // `/vsicurl/` stands before the scheme of what it fetches.
    guard let (system, place) = found.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else {
      return nil
    }
    let name = path[place.upperBound...].prefix { !"\"{}".contains($0) }
    return system.address(of: String(name).endingAfterArchive)
  }

  /// A path that holds an address, without what may be somebody's key: `user:password@` and what follows `?`.
  public static func withoutSecrets(_ path: String) -> String {
    RemoteAddress.withoutSecrets(path)
  }

  /// The path by which GDAL opens a file that is named by its address: some drivers of vectors take addresses for services
  /// of their own and ask for more than the file.
  static func pathOfFile(_ path: String) -> String {
    ["https://", "http://"].contains(where: path.hasPrefix) ? "\(System.curl.prefix)\(path)" : path
  }

  /// What keeps the file that a path names from being read; `nil` as long as nothing has.
  public static func error(in path: String, at location: String? = nil) -> HabitatError? {
    source(in: path)?.failure?.error(at: RemoteAddress.withoutSecrets(location ?? path))
  }

  // MARK: Failures that GDAL swallows

  /// By thread, for GDAL reads on the thread that asks it.
  private static let met = Mutex<[UInt: HabitatError]>([:])
  private static let hasMet = Atomic<Bool>(false)

  /// Called where a reader of GDAL's is not given what it asks for.
  static func note(_ failure: RemoteFailure, of source: RemoteSource) {
    met.withLock { $0[thread] = failure.error(at: source.address.shown) }
    hasMet.store(true, ordering: .sequentiallyConsistent)
  }

  /// What reading has failed over on this thread since the last call.
  ///
  /// GDAL does not always tell: a tile whose place could not be read is decoded from the head of the file.
  static func takeFailure() -> HabitatError? {
    guard hasMet.load(ordering: .relaxed) else { return nil }
    return met.withLock { $0.removeValue(forKey: thread) }
  }

  private static var thread: UInt { UInt(bitPattern: Int(pthread_self())) }
}

extension String {
  /// Up to the end of the first archive in a path, `https://a/b.zip` of `https://a/b.zip/c.tif`.
  var endingAfterArchive: String {
    let ends = [".zip/", ".tar/", ".tgz/", ".tar.gz/", ".kmz/", ".zip}", ".tar}", ".tgz}"]
      .compactMap { range(of: $0)?.upperBound }
    return ends.min().map { String(self[..<index(before: $0)]) } ?? self
  }
}

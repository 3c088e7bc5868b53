import CSystem

/// The heap of the process, where it is one of glibc's; elsewhere nothing happens.
package enum ProcessHeap {
  /// One heap for all threads: heaps of their own would each keep what their thread once needed.
  ///
  /// To be called before there are threads.
  package static func share() { habitat_share_heap() }

  /// Gives back what is free now: of millions of small pieces the heap keeps all.
  package static func trim() { habitat_trim_heap() }

  /// Addresses that the heap has and that new pieces fit into: how many depends on the order in which threads
  /// took and freed what they needed.
  package static var freeBytes: Int { Int(habitat_free_heap_bytes()) }

  /// From now on arrays of a tile's size go back to the system as soon as they are freed, which costs a few
  /// hundredths of the time and saves what the gaps between them take.
  package static func returnFreedArrays() { habitat_return_freed_blocks(128 << 10) }
}

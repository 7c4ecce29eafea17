// SPDX-License-Identifier: MIT
#include "peerlink_p.h"

namespace Sojourn::Wire {

PeerLink::~PeerLink() = default;

} // namespace Sojourn::Wire

#pragma once

#include <QHostAddress>

namespace confab::server {

/// Whether an address is of the public internet: not of this machine, a private network, a cloud's
/// metadata service, multicast or documentation, and not an IPv6 form of such an address
/// (reliability.md T16).
bool isPublicAddress(const QHostAddress &address);

}

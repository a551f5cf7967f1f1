#include "server/preview/publicaddress.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace confab::server {

namespace {

struct Block {
    quint32 network;
    int bits;
};

/// IANA's registry of special-purpose IPv4 addresses, and multicast.
constexpr Block kNotPublic[] = {
    {0x00000000, 8}, // this network
    {0x0A000000, 8}, // private
    {0x64400000, 10}, // of a provider's own network
    {0x7F000000, 8}, // loopback
    {0xA9FE0000, 16}, // link-local, metadata services
    {0xAC100000, 12}, // private
    {0xC0000000, 24}, // protocol assignments
    {0xC0000200, 24}, // documentation
    {0xC0586300, 24}, // 6to4 relays
    {0xC0A80000, 16}, // private
    {0xC6120000, 15}, // benchmarks
    {0xC6336400, 24}, // documentation
    {0xCB007100, 24}, // documentation
    {0xE0000000, 4}, // multicast
    {0xF0000000, 4}, // reserved, broadcast
};

bool isPublicV4(quint32 address)
{
    return std::none_of(
        std::begin(kNotPublic), std::end(kNotPublic), [address](const Block &block) {
            return (address ^ block.network) >> (32 - block.bits) == 0;
        });
}

bool startsWith(const Q_IPV6ADDR &address, std::initializer_list<quint8> bytes)
{
    return std::equal(bytes.begin(), bytes.end(), address.c);
}

bool isPublicV6(const Q_IPV6ADDR &address)
{
    // What a network without IPv4 makes of IPv4 addresses (RFC 6052).
    if (startsWith(address, {0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}))
        return isPublicV4(qFromBigEndian<quint32>(address.c + 12));
    const bool isGlobal = (address[0] & 0xE0) == 0x20;
    const bool isSpecial = startsWith(address, {0x20, 0x01, 0x00, 0x00}) // Teredo, protocols
        || startsWith(address, {0x20, 0x01, 0x0D, 0xB8}) // documentation
        || startsWith(address, {0x20, 0x02}) // 6to4, which holds an IPv4 address
        || startsWith(address, {0x3F, 0xFF}); // documentation
    return isGlobal && !isSpecial;
}

}

bool isPublicAddress(const QHostAddress &address)
{
    bool isV4 = false; // or IPv4 in the clothes of IPv6
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return isPublicV4(v4);
    return address.protocol() == QAbstractSocket::IPv6Protocol
        && isPublicV6(address.toIPv6Address());
}

}

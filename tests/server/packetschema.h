#pragma once

#include "support/jsonschema.h"

#include <QTest>

/// What every packet of the server looks like.
inline const confab::JsonSchema &packetSchema()
{
    static const confab::JsonSchema kSchema(
        QStringLiteral(CONFAB_TEST_DATA "/schemas/server-packets.json"));
    return kSchema;
}

/// Fails the test that is running if a frame that left the server is no such packet.
inline void checkPacket(const QByteArray &utf8)
{
    const QString wrong = utf8 == "0" ? QString() : packetSchema().checkText(utf8);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong + QLatin1String(" in ") + QString::fromUtf8(utf8)));
}

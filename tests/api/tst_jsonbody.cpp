// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/jsonbody.h"

#include <QTest>

using namespace tertulia;
using namespace Qt::StringLiterals;

class TestJsonBody final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoJsonIsInvalidJson_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("empty") << ""_ba << ErrorCode::InvalidJson;
        QTest::newRow("half") << "{\"a\":"_ba << ErrorCode::InvalidJson;
        QTest::newRow("two") << "{} {}"_ba << ErrorCode::InvalidJson;
        QTest::newRow("not UTF-8") << "{\"a\":\"\xff\"}"_ba << ErrorCode::InvalidJson;
        QTest::newRow("array") << "[]"_ba << ErrorCode::InvalidField;
    }
    void whatIsNoJsonIsInvalidJson()
    {
        QFETCH(QByteArray, body);
        QFETCH(ErrorCode, code);
        const auto parsed = JsonBody::parse(body);
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, code);
    }

    void firstWrongFieldIsNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("field");
        QTest::newRow("all right") << R"({"name":"x","private":true,"slow":3,"id":9})"_ba << QString();
        QTest::newRow("optional are null") << R"({"name":"x","private":null,"slow":null,"id":null})"_ba << QString();
        QTest::newRow("missing") << "{}"_ba << u"name"_s;
        QTest::newRow("null") << R"({"name":null})"_ba << u"name"_s;
        QTest::newRow("number for text") << R"({"name":1,"private":1})"_ba << u"name"_s;
        QTest::newRow("text for truth") << R"({"name":"x","private":"true"})"_ba << u"private"_s;
        QTest::newRow("over the bound") << R"({"name":"x","slow":11})"_ba << u"slow"_s;
        QTest::newRow("fraction") << R"({"name":"x","slow":1.5})"_ba << u"slow"_s;
        QTest::newRow("negative id") << R"({"name":"x","id":-1})"_ba << u"id"_s;
        QTest::newRow("id that a number cannot hold") << R"({"name":"x","id":9007199254740993})"_ba << u"id"_s;
    }
    void firstWrongFieldIsNamed()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, field);
        auto parsed = JsonBody::parse(body);
        QVERIFY(parsed);
        (void)parsed->text("name"_L1);
        (void)parsed->optionalTruth("private"_L1);
        (void)parsed->optionalNumber("slow"_L1, 0, 10);
        (void)parsed->optionalId("id"_L1);
        const auto outcome = parsed->outcome();
        QCOMPARE(outcome.isOk(), field.isEmpty());
        if (!outcome) {
            QCOMPARE(outcome.error().code, ErrorCode::InvalidField);
            QVERIFY(outcome.error().detail.contains(field));
        }
    }
};

QTEST_GUILESS_MAIN(TestJsonBody)
#include "tst_jsonbody.moc"

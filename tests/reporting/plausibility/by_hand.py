"""Tables written by hand: what offices publish, well-formed and with one fault each."""

CLEAN = {
    "count and both shares": (
        "Kommune;Anzahl;in %;davon weiblich;Anteil weiblich\n"
        "A;40;40,0 %;10;25,0 %\n"
        "B;60;60,0 %;30;50,0 %\n"
        "Insgesamt;100;100,0 %;40;40,0 %\n"
    ),
    "rows alternating": (
        "Kommune;;2021;2022;Summe\n"
        "A;Anzahl;10;20;30\n"
        ";%;33,3;66,7;100\n"
        "B;Anzahl;5;15;20\n"
        ";%;25,0;75,0;100\n"
        "Insgesamt;Anzahl;15;35;50\n"
        ";%;30,0;70,0;100\n"
    ),
    "multi breakdown": (
        "Merkmal;2021;2022\n"
        "Insgesamt;100;120\n"
        "männlich;60;70\n"
        "weiblich;40;50\n"
        "unter 18;20;30\n"
        "18 bis unter 65;50;60\n"
        "65 und älter;30;30\n"
    ),
    "multi breakdown single": (
        "Merkmal;Anzahl\nInsgesamt;100\nmännlich;60\nweiblich;40\nunter 18;20\n18 bis unter 65;50\n65 und älter;30\n"
    ),
    "darunter": (
        "Kommune;Insgesamt;darunter weiblich;darunter unter 18\nA;30;12;5\nB;50;22;9\nC;41;20;8\nKreis;121;54;22\n"
    ),
    "darunter rows": (
        "Gruppe;Anzahl\nGeflüchtete;100\n  darunter Ukraine;60\nEU;50\n  darunter Rumänien;20\nInsgesamt;150\n"
    ),
    "averages": (
        "Kommune;Fälle;Durchschnittsalter;Dauer in Tagen (Mittel)\nA;30;33,1;12\nB;50;28,4;15\nInsgesamt;80;30,2;13,9\n"
    ),
    "rates": (
        "Kommune;Einwohner;Ausländer;Ausländeranteil in %;Fälle je 1.000\n"
        "A;23.000;2.300;10,0;1,2\n"
        "B;50.000;7.500;15,0;0,8\n"
        "Kreis insgesamt;73.000;9.800;13,4;0,9\n"
    ),
    "pop only share": ("Kommune;Ausländeranteil\nA;10,0 %\nB;15,0 %\nKreis insgesamt;13,4 %\n"),
    "year col": ("Jahr;Fälle;Personen\n2019;10;20\n2020;15;30\n2021;12;22\n2022;37;72\n"),
    "balance neg": ("Position;2022\nErträge;1.000,00\nAufwendungen;1.500,00\nSaldo;-500,00\n"),
    "stellen": ("Stelle;VZÄ;Personen\nKoordination;2,5;3\nVerwaltung;0,5;1\nCase Management;9,61;12\nSumme;12,61;16\n"),
    "two tables": (
        "Tabelle 1\n"
        ";m;w;Summe\n"
        "A;1;2;3\n"
        "B;4;5;9\n"
        "Summe;5;7;12\n"
        "\n"
        "Tabelle 2\n"
        ";2021;2022\n"
        "X;10;20\n"
        "Y;30;40\n"
        "Summe;40;60\n"
    ),
    "notes": (
        "Tabelle 5: Fälle nach Kommune;;\n"
        "Kommune;2021;2022\n"
        "A¹;10;20\n"
        "B;.;7\n"
        "C;-;x\n"
        "Insgesamt;13;31\n"
        "\n"
        "¹ ab 2021 neu abgegrenzt;;\n"
        "Quelle: eigene Erhebung;;\n"
    ),
    "colnumbers": ("Kommune;m;w;zusammen\n1;2;3;4\nA;10;20;30\nB;5;6;11\nC;1;0;1\nzusammen;16;26;42\n"),
    "units row": (
        "Kommune;2021;;2022;\n;Anzahl;%;Anzahl;%\nA;10;25,0;20;33,3\nB;30;75,0;40;66,7\nInsgesamt;40;100,0;60;100,0\n"
    ),
    "english csv": (
        'place,a,b,total\nX,"1,200.50",2.25,"1,202.75"\nY,3.50,4.00,7.50\nTotal,"1,204.00",6.25,"1,210.25"\n'
    ),
    "pandas": ("Kommune,2021,2022,Summe\nA,10.5,2.25,12.75\nB,3.0,4.0,7.0\nSumme,13.5,6.25,19.75\n"),
    "ags": (
        "AGS;Kommune;Fälle;Personen\n"
        "05382004;Alfter;10;20\n"
        "05382008;Bad Honnef;11;12\n"
        "05382012;Bornheim;20;40\n"
        ";Summe;41;72\n"
    ),
    "lfd": ("Nr.;Kommune;Fälle\n1;A;10\n2;B;20\n3;C;5\n;Gesamt;35\n"),
    "cumul": ("KW;Summe pro KW;kumulativ\n9;10;10\n10;20;30\n11;30;60\n12;40;100\n13;50;150\n"),
    "quartal": (
        "Quartal;Zugänge;Abgänge;Bestand am Ende\n"
        "I;10;5;105\n"
        "II;20;5;120\n"
        "III;7;7;120\n"
        "IV;12;2;130\n"
        "Jahr 2022;49;19;130\n"
    ),
    "rank": ("Rang;Land;Personen\n1;Syrien;100\n2;Ukraine;90\n3;Irak;50\n;Sonstige;60\n;Insgesamt;300\n"),
    "monate": (
        "Maßnahme;Jan;Feb;Mrz;Apr;Summe;Durchschnitt\n"
        "Erst;10;20;30;40;100;25\n"
        "Verweis;1;2;3;4;10;2,5\n"
        "Summe;11;22;33;44;110;27,5\n"
    ),
    "rounded base5": ("Ort;m;w;Insgesamt\nA;15;20;30\nB;25;10;35\nC;40;45;90\nD;5;10;15\nInsgesamt;85;85;170\n"),
    "shares no total": ("Gruppe;Anteil in %\nA;33,3\nB;33,3\nC;33,3\n"),
    "section heads": (
        "Ausgaben;;\n"
        "Personal;100,50;200,00\n"
        "Sach;50,25;60,00\n"
        "Summe;150,75;260,00\n"
        "Einnahmen;;\n"
        "Land;100,00;200,00\n"
        "Bund;20,00;10,00\n"
        "Summe;120,00;210,00\n"
        "Saldo;30,75;50,00\n"
    ),
    "total both dates": ("Kommune;31.12.2021;31.12.2022\nA;10;12\nB;20;22\nInsgesamt;30;34\n"),
    "empty cells": ("Kommune;m;w;d;Summe\nA;1;2;;3\nB;4;5;1;10\nC;;7;;7\nSumme;5;14;1;20\n"),
    "income classes": ("Einkommen in €;Haushalte\n0 - 500;10\n500 - 1.000;20\n1.000 - 1.500;30\nInsgesamt;60\n"),
    "neg percent": ("Kommune;2021;2022;+/- absolut;+/- %\nA;100;90;-10;-10,0\nB;50;60;10;20,0\nSumme;150;150;0;0,0\n"),
    "surcharge": (
        "Position;Betrag\nPersonal;50.000,00 €\nSachkosten 20 % der Personalkosten;10.000,00 €\nGesamt;60.000,00 €\n"
    ),
    "long year": (
        "Jahr;Kommune;Anzahl\n2021;A;10\n2021;B;20\n2021;Insgesamt;30\n2022;A;11\n2022;B;22\n2022;Insgesamt;33\n"
    ),
    "long no total": (
        "Jahr;Kommune;Geschlecht;Anzahl\n2021;A;m;10\n2021;A;w;20\n2021;B;m;5\n2021;B;w;6\n2022;A;m;1\n2022;A;w;2\n"
    ),
    "group col": (
        "Bereich;Art;2021;2022\n"
        "Beratung;Erst;10;20\n"
        ";Verweis;5;5\n"
        ";zusammen;15;25\n"
        "Vernetzung;AK;3;4\n"
        ";Workshop;2;2\n"
        ";zusammen;5;6\n"
        "Insgesamt;;20;31\n"
    ),
    "saldo cols": ("Kommune;Zuzüge;Fortzüge;Saldo\nA;10;5;5\nB;3;8;-5\nC;20;11;9\nSumme;33;24;9\n"),
    "survey": (
        "Wie zufrieden?;Anzahl;Prozent\n"
        "sehr;12;24%\n"
        "zufrieden;20;40%\n"
        "weniger;10;20%\n"
        "gar nicht;8;16%\n"
        "Gesamt;50;100%\n"
        "keine Angabe;3;\n"
    ),
    "gueltige prozent": (
        "Antwort;Anzahl;Prozent;Gültige Prozent\n"
        "ja;30;50,0;60,0\n"
        "nein;20;33,3;40,0\n"
        "keine Angabe;10;16,7;\n"
        "Gesamt;60;100,0;100,0\n"
    ),
    "mio": ("Position;2021;2022\nPersonal (Mio. €);1,2;1,3\nSach (Mio. €);0,4;0,5\nSumme (Mio. €);1,7;1,7\n"),
    "a3 single": ("Anzahl der Fälle;35\nAnzahl der Personen;70\nPersonen je Fall;2,0\n"),
    "dash label": ("Insgesamt;100;200\n- männlich;60;150\n- weiblich;40;50\n"),
    "head years desc": ("Kommune;2022;2021;2020\nA;1999;2005;2010\nB;100;90;80\nSumme;2099;2095;2090\n"),
    "age overlapping population": ("Alter;Zahl\nInsgesamt;60\n0-17;20\n18-64;30\n65+;10\ndarunter 80+;3\n"),
    "von bis": ("Altersgruppe (von ... bis unter ... Jahren);m;w\n0 - 3;1;2\n3 - 6;2;3\n6 - 10;4;4\n"),
}

WRONG = {
    "row share": ("Kommune;Anzahl;in %\nA;40;40,0 %\nB;60;61,0 %\nInsgesamt;100;100,0 %\n"),
    "multi breakdown": (
        "Merkmal;2021;2022\n"
        "Insgesamt;100;120\n"
        "männlich;60;70\n"
        "weiblich;40;50\n"
        "unter 18;20;30\n"
        "18 bis unter 65;50;61\n"
        "65 und älter;30;30\n"
    ),
    "multi breakdown single": (
        "Merkmal;Anzahl\nInsgesamt;100\nmännlich;60\nweiblich;40\nunter 18;20\n18 bis unter 65;51\n65 und älter;30\n"
    ),
    "darunter too big": ("Gruppe;Anzahl\nGeflüchtete;100\n  darunter Ukraine;160\nEU;50\nInsgesamt;150\n"),
    "balance": ("Position;2022\nErträge;1.000,00\nAufwendungen;1.500,00\nSaldo;-510,00\n"),
    "percent of row": ("Kommune;Fälle;weiblich;% weiblich\nA;40;10;25,0\nB;60;30;50,0\nC;10;1;11,0\nD;8;4;50,0\n"),
    "section": (
        "Ausgaben;;\n"
        "Personal;100,50;200,00\n"
        "Sach;50,25;60,00\n"
        "Summe;150,75;206,00\n"
        "Einnahmen;;\n"
        "Land;100,00;200,00\n"
        "Bund;20,00;10,00\n"
        "Summe;120,00;210,00\n"
        "Saldo;30,75;50,00\n"
    ),
    "shares no total": ("Gruppe;Anteil in %\nA;33,3\nB;36,3\nC;33,3\n"),
    "group col": (
        "Bereich;Art;2021;2022\n"
        "Beratung;Erst;10;20\n"
        ";Verweis;5;5\n"
        ";zusammen;15;26\n"
        "Vernetzung;AK;3;4\n"
        ";Workshop;2;2\n"
        ";zusammen;5;6\n"
        "Insgesamt;;20;31\n"
    ),
    "monat avg": ("Maßnahme;Jan;Feb;Mrz;Apr;Summe\nErst;10;20;30;40;100\nVerweis;1;2;3;4;11\n"),
    "single": ("Kommune;Fälle\nA;10\nB;20\nC;30\nInsgesamt;70\n"),
    "missing pct": ("KW;Summe\n1;2\n2;5\nSumme;8\n"),
    "two tables": (
        "Tabelle 1\n"
        ";m;w;Summe\n"
        "A;1;2;3\n"
        "B;4;5;9\n"
        "Summe;5;7;12\n"
        "\n"
        "Tabelle 2\n"
        ";2021;2022\n"
        "X;10;20\n"
        "Y;30;40\n"
        "Summe;40;61\n"
    ),
    "sum noted": ("Kommune;2021;2022\nA;10;20\nB;5;7\nC;-;3\nInsgesamt;15;31\n"),
    "units row": (
        "Kommune;2021;;2022;\n;Anzahl;%;Anzahl;%\nA;10;25,0;20;33,3\nB;30;70,0;40;66,7\nInsgesamt;40;100,0;60;100,0\n"
    ),
    "overlap": ("Alter;m;w;Summe\nunter 6;1;2;3\n5 bis 17;2;3;5\n18 bis 64;4;4;8\n65+;1;1;2\nSumme;8;10;18\n"),
    "headbands": ("Kommune;0-5;5-10;11-17;18+;Summe\nA;1;2;3;4;10\nB;4;3;2;1;10\nSumme;5;5;5;5;20\n"),
}

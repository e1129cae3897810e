//! Given names by culture, the commonest first, separated by spaces.

pub(crate) const ANGLO_MALE: &str = "James Michael Robert John David William Richard Joseph Thomas Christopher Charles \
Daniel Matthew Anthony Mark Steven Andrew Paul Joshua Kenneth Kevin Brian Timothy Ronald George Jason Edward Jeffrey \
Ryan Jacob Nicholas Gary Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick \
Frank Raymond Jack Dennis Jerry Tyler Aaron Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Christian \
Walter Keith Austin Roger Terry Sean Gerald Carl Dylan Harold Jordan Jesse Bryan Lawrence Arthur Gabriel Bruce Logan \
Albert Willie Alan Eugene Russell Vincent Philip Bobby Johnny Bradley Roy Ralph Randy Wayne Howard Louis Martin Oliver \
Harvey Leon Theodore Frederick Edwin Clifford Leonard Stuart Graham Nigel Callum Alistair Duncan Hugh Ewan Rhys Gareth";

pub(crate) const ANGLO_FEMALE: &str = "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa \
Nancy Sandra Betty Ashley Emily Kimberly Margaret Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon \
Laura Cynthia Dorothy Amy Kathleen Angela Shirley Emma Brenda Pamela Nicole Anna Samantha Katherine Christine Debra \
Rachel Carolyn Janet Maria Olivia Heather Helen Catherine Diane Julie Victoria Joyce Lauren Kelly Christina Ruth Joan \
Virginia Judith Evelyn Hannah Andrea Megan Cheryl Jacqueline Madison Teresa Abigail Sophia Martha Sara Gloria Janice \
Kathryn Ann Isabella Judy Charlotte Julia Grace Amber Alice Jean Denise Frances Danielle Marilyn Natalie Beverly Diana \
Brittany Theresa Kayla Alexis Doris Lori Tiffany Harriet Imogen Fiona Gillian Bronwen Philippa Rosemary Eleanor";

pub(crate) const GERMAN_MALE: &str = "Thomas Andreas Michael Stefan Christian Markus Martin Peter Jürgen Klaus Wolfgang \
Bernd Uwe Matthias Frank Jörg Sebastian Tobias Florian Alexander Jan Lukas Felix Maximilian Leon Jonas Philipp Dieter \
Günther Horst Karl Heinz Rainer Ralf Holger Sven Torsten Björn Dirk Volker Manfred Helmut Gerhard Kurt Ernst Friedrich \
Johannes Benedikt Moritz Lars";

pub(crate) const GERMAN_FEMALE: &str = "Sabine Petra Andrea Claudia Susanne Monika Birgit Anja Nicole Stefanie Julia \
Katharina Anna Lena Laura Sarah Lea Hannah Ursula Renate Helga Ingrid Karin Gisela Brigitte Elke Heike Martina Silke \
Kerstin Ulrike Angelika Christa Jutta Barbara Gabriele Katrin Tanja Sandra Melanie Franziska Johanna Antje Käthe Bärbel \
Friederike Charlotte Greta Frieda Marlene";

pub(crate) const FRENCH_MALE: &str = "Jean Pierre Michel André Philippe Alain Nicolas Christophe Patrick Laurent \
Frédéric Éric Sébastien Stéphane David Julien Olivier Thierry Pascal François Guillaume Antoine Thomas Alexandre \
Maxime Hugo Lucas Théo Mathieu Benoît Jérôme Bruno Didier Gérard Henri Luc Rémi Cédric Raphaël Étienne";

pub(crate) const FRENCH_FEMALE: &str = "Marie Nathalie Isabelle Sylvie Catherine Martine Françoise Valérie Sandrine \
Stéphanie Véronique Sophie Céline Chantal Patricia Anne Brigitte Julie Monique Aurélie Nicole Laurence Annie Émilie \
Dominique Virginie Corinne Élodie Christelle Camille Caroline Léa Manon Sarah Lucie Mathilde Chloé Margaux Hélène Agnès";

pub(crate) const DUTCH_MALE: &str = "Jan Johannes Cornelis Hendrik Willem Pieter Gerrit Jacobus Daan Bram Sem Lars Thijs \
Ruben Jeroen Maarten Sander Joost Bas Wouter Koen Niels Rik Dirk Kees Henk Arjan Marco Erwin Tim";

pub(crate) const DUTCH_FEMALE: &str = "Maria Johanna Anna Cornelia Hendrika Wilhelmina Elisabeth Sanne Lotte Femke \
Anouk Marloes Ingrid Marijke Annemiek Esther Monique Saskia Inge Marieke Fleur Roos Eva Iris Lieke Noor Tess Floor Ilse Renske";

pub(crate) const HISPANIC_MALE: &str = "José Luis Juan Carlos Jorge Miguel Francisco Antonio Manuel Jesús Alejandro \
Pedro Ricardo Fernando Roberto Rafael Javier Eduardo Sergio Daniel Raúl Mario Alberto Enrique Diego Andrés Ángel Óscar \
Héctor Ramón Pablo Álvaro Íñigo Gonzalo";

pub(crate) const HISPANIC_FEMALE: &str = "María Carmen Guadalupe Rosa Ana Juana Margarita Leticia Alejandra Verónica \
Gabriela Patricia Silvia Claudia Teresa Adriana Elena Martha Lucía Sofía Isabel Pilar Mercedes Dolores Concepción \
Beatriz Inés Rocío Raquel Mónica Begoña Nuria Paloma Esperanza";

pub(crate) const ASIAN_MALE: &str = "Wei Ming Jun Hao Lei Tao Feng Hiroshi Kenji Takashi Satoshi Daichi Minh Tuan Duc \
Huy Khanh Jin Sung Joon Hyun Min Seok Arvin Bayani Kaito Haruto Zhiyuan";

pub(crate) const ASIAN_FEMALE: &str = "Li Mei Xiu Yan Hua Fang Jing Yuki Akiko Naoko Sakura Haruka Linh Thuy Trang Lan \
Huong Soo Eun Ji Hye Yuna Tala Amihan Xiaoli Aiko Mingzhu Thanh";

pub(crate) const INDIAN_MALE: &str = "Raj Amit Sanjay Vijay Rahul Arjun Anil Suresh Ramesh Ashok Vikram Deepak Manoj \
Rajesh Prakash Nikhil Rohan Karthik Imran Yusuf Omar Ahmed Hassan Khalid";

pub(crate) const INDIAN_FEMALE: &str = "Priya Anjali Sunita Deepa Kavita Neha Pooja Lakshmi Meena Shreya Divya Aarti \
Rekha Nisha Swati Asha Fatima Aisha Zainab Layla Noura Samira Mariam Yasmin";

pub(crate) const SLAVIC_MALE: &str = "Piotr Krzysztof Tomasz Paweł Marcin Łukasz Jakub Wojciech Ivan Dmitri Sergei \
Vladimir Oleksandr Bohdan Goran Zoran Miloš Ondřej Tomáš Jiří";

pub(crate) const SLAVIC_FEMALE: &str = "Agnieszka Małgorzata Katarzyna Joanna Ewa Magdalena Zofia Olga Svetlana Natalia \
Tatiana Oksana Ljiljana Dragana Milena Jana Lenka Zuzana Božena Halina";

/// Twins whose names differ by a letter or two: a matcher that takes one for a typo of the other is wrong.
pub(crate) const TWINS: &[(&str, &str, bool)] = &[
    ("Jane", "Jean", true),
    ("Maria", "Marie", true),
    ("Julia", "Julie", true),
    ("Jason", "Jonas", false),
    ("Aaron", "Aidan", false),
    ("Carla", "Clara", true),
    ("Brian", "Bryan", false),
    ("Alana", "Elena", true),
    ("Tim", "Tom", false),
    ("Erica", "Erin", true),
];
